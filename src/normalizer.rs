//! Unicode and line-end repairs on extracted blocks.
