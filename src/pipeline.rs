//! Composes the stages; the only caller of them all.
