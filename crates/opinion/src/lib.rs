//! Opinion maps.
