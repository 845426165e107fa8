//! What a document says of itself: language of each paragraph, metadata from the front matter.
