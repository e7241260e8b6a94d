//! Instances by a stated recipe.
