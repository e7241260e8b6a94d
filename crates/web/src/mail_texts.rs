//! Mails' words.
