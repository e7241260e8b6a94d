//! Two witnesses beside the demo: each with a key, a memory and an address of its own, as two groups would run them.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use madang_adapters::OsRng;
use madang_kernel::log::cosign::WitnessAddress;
use madang_kernel::wake::Stop;
use madang_tlog::note::VerifierKey;
use madang_witness::Config;
use madang_witness::durable::{self, Disk};

use crate::commands::witness::{self, Running};
use crate::exit::{Exit, Failure, Outcome};
use crate::server;
use crate::site;

/// What the two call themselves, in Korean and in English.
const WITNESSES: [(&str, &str, &str); 2] = [
    ("first.witness.demo", "체험용 증인 하나", "First witness of the demo"),
    ("second.witness.demo", "체험용 증인 둘", "Second witness of the demo"),
];

/// A witness that runs.
pub(crate) struct Started {
    pub(crate) address: WitnessAddress,
    pub(crate) running: Running,
}

/// Starts both, on the two ports after that of the demo (on free ports when that was left to the system). They follow the
/// log, read all of it again, and cosign.
pub(crate) fn start(data: &Path, log: &VerifierKey, site: SocketAddr, stop: &Stop) -> Outcome<Vec<Started>> {
    (1_u16..)
        .zip(WITNESSES)
        .map(|(nth, (name, title_ko, title_en))| {
            let folder = data.join(format!("witness-{nth}"));
            site::make_folder(&folder)?;
            let vkey = key(&folder, name)?;
            // Where the next port is taken, any will do: the banner tells.
            let next = site.port().checked_add(nth).map(|port| SocketAddr::new(site.ip(), port));
            let socket = match next.map(server::bind) {
                Some(Ok(socket)) => socket,
                _ => server::bind(SocketAddr::new(site.ip(), 0))?,
            };
            let bound = socket.local_addr().map_err(|error| Failure::new(Exit::Address, error))?;
            let file = folder.join("witness.toml");
            let text = format!(
                "title_ko = \"{title_ko}\"\ntitle_en = \"{title_en}\"\nkey = \"witness.key\"\nlisten = \"{bound}\"\n\n\
                 [[log]]\nname = \"madang\"\norigin = \"{}\"\nkeys = [\"{log}\"]\nurl = \"http://{site}/log\"\naudit = true\nperiod = \"5s\"\n",
                log.name()
            );
            std::fs::write(&file, text).map_err(|error| unwritable(&file, &error))?;
            let config = Config::read(&file).map_err(|fault| Failure::new(Exit::Failed, &fault.what).why(&fault.why))?;
            let running = witness::start(config, &folder, socket, stop.clone())?;
            let address = WitnessAddress::new(name, &format!("http://{bound}"), &vkey)
                .map_err(|error| Failure::new(Exit::Failed, error.code()))?;
            Ok(Started { address, running })
        })
        .collect()
}

/// The witness's public key; the secret one is made at the first start.
fn key(folder: &Path, name: &str) -> Outcome<String> {
    let (secret, public): (PathBuf, PathBuf) = (folder.join("witness.key"), folder.join("witness.vkey"));
    if let (true, Ok(vkey)) = (secret.exists(), std::fs::read_to_string(&public)) {
        return Ok(vkey.trim().to_owned());
    }
    let (text, vkey) = madang_witness::new_key(name, &OsRng)
        .map_err(|fault| Failure::new(Exit::Failed, &fault.what).why(&fault.why))?;
    // The public half last: a folder with both is whole.
    let _ = std::fs::remove_file(&secret);
    durable::write_secret(&secret, &text).map_err(|error| unwritable(&secret, &error))?;
    Disk::default().write(&public, vkey.as_bytes()).map_err(|error| unwritable(&public, &error))?;
    Ok(vkey)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Exit::Files, "the witnesses of the demo cannot be set up").at(path.display()).why(error)
}
