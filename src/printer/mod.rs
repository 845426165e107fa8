//! Answers to text, JSON, JSON Lines and CSV.
