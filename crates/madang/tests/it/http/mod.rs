//! The site as its visitors meet it, without a socket: requests go straight to the router, on both engines.

mod account;
mod admin;
mod browser;
mod cases;
mod cases_api;
mod desk;
mod follow;
mod hostile;
mod import;
mod log;
mod plan;
mod provider;
mod receipts;
mod routes;
mod search;
mod sign_in;
mod site;
mod supports;
