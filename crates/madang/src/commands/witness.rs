//! `madang witness`: a witness of public logs, run by others than those who run the logs.
//!
//! It needs no site: its settings are in `witness.toml`, its memory in plain files. [`start`] is also how the demo gets
//! its witnesses.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use madang_adapters::{OsRng, Security as SmtpSecurity, SmtpConfig, SmtpMailer, SystemClock};
use madang_adapters::{WitnessClient, WitnessNotifier};
use madang_base::{Locale, SharedClock, SharedRng};
use madang_kernel::mail::Mailer;
use madang_kernel::wake::{self, Stop};
use madang_web::view::{Folders, Templates};
use madang_web::witness::AlarmWords;
use madang_witness::config::{self, Security};
use madang_witness::durable::{self, Disk};
use madang_witness::{Config, Fault, Ports, Witness};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::cli::{Witness as Command, WitnessCommand};
use crate::config::{Environment, Log, Server};
use crate::exit::{Exit, Failure, Outcome};
use crate::metrics::Registry;
use crate::server::{self, Listener, Outside};
use crate::{logs, terminal};

/// Where configuration and memory are, and how lines are logged.
pub(crate) struct Place<'a> {
    pub(crate) config: Option<&'a Path>,
    pub(crate) data: Option<&'a Path>,
    pub(crate) log_level: Option<&'a str>,
    pub(crate) log_json: bool,
}

const DATA: &str = "madang-witness-data";
const CONFIG: &str = "witness.toml";
const KEY: &str = "witness.key";

impl Place<'_> {
    /// The configuration file and the folder of memory.
    fn find(&self) -> (PathBuf, PathBuf) {
        let data = match (self.data, self.config) {
            (Some(data), _) => data.to_owned(),
            (None, Some(config)) => config.parent().unwrap_or_else(|| Path::new(".")).to_owned(),
            (None, None) => PathBuf::from(DATA),
        };
        (self.config.map_or_else(|| data.join(CONFIG), Path::to_owned), data)
    }
}

pub(crate) fn run(command: &Command, place: &Place, environment: &Environment) -> Outcome {
    logs::start(&Log { json: place.log_json, level: place.log_level.unwrap_or("info").to_owned(), requests: false });
    let (file, data) = place.find();
    match &command.command {
        Some(WitnessCommand::Init { folder, name }) => init(folder, name),
        Some(WitnessCommand::Audit { log, json }) => block_on(audit(&file, &data, log, *json)),
        None => block_on(serve(&file, &data, command.listen.as_deref(), environment.locale())),
    }
}

fn block_on<T>(work: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder
        .enable_all()
        .max_blocking_threads(64)
        .thread_name("madang-witness")
        .build()
        .map_err(|error| Failure::new(Exit::Failed, "threads cannot be started").why(error))?;
    let outcome = runtime.block_on(work);
    runtime.shutdown_timeout(Duration::from_secs(5));
    outcome
}

fn failure(exit: Exit, fault: &Fault) -> Failure {
    let Fault { what, place, why, advice } = fault;
    let failure = Failure::new(exit, what).at(place);
    let failure = if why.is_empty() { failure } else { failure.why(why) };
    if advice.is_empty() { failure } else { failure.advice(advice) }
}

fn init(folder: &Path, name: &str) -> Outcome {
    let unwritable = |error: std::io::Error| {
        Failure::new(Exit::Files, "the folder of the witness cannot be written").at(folder.display()).why(error)
    };
    let disk = Disk::default();
    let (file, key) = (folder.join(CONFIG), folder.join(KEY));
    if file.exists() || key.exists() {
        return Err(Failure::new(Exit::Files, "there is a witness already")
            .at(folder.display())
            .advice("its key must stay the same; name another folder for another witness"));
    }
    let (secret, vkey) = madang_witness::new_key(name, &OsRng).map_err(|fault| failure(Exit::Usage, &fault))?;
    disk.folder(folder).map_err(unwritable)?;
    durable::write_secret(&key, &secret).map_err(unwritable)?;
    disk.write(&file, config::example().as_bytes()).map_err(unwritable)?;
    terminal::line(format_args!(
        "{vkey}\n\nThis is the public key of the witness. Its secret key is in {} (mode 0600): keep a copy elsewhere.\n\
         \n\
         Next:\n\
         1. Put the logs to watch, and your name, into {}.\n\
         2. Start it: madang witness --data {}\n\
         3. Send to whoever runs each log, so that they ask you to cosign:\n\
         \n\
         [[witness]]\n\
         url = \"https://{name}\"        # where your witness is reached\n\
         key = \"{vkey}\"",
        key.display(),
        file.display(),
        folder.display()
    ));
    Ok(())
}

async fn audit(file: &Path, data: &Path, log: &str, json: bool) -> Outcome {
    let config = Config::read(file).map_err(|fault| failure(Exit::Configuration, &fault))?;
    let templates = templates()?;
    let ports = ports(&config, &templates)?;
    let audited = Witness::audit(&config, data, log, &ports).await.map_err(|fault| failure(Exit::Failed, &fault))?;
    if json {
        let value = serde_json::json!({
            "origin": audited.origin, "size": audited.size, "ok": audited.findings.is_empty(),
            "findings": audited.findings,
        });
        terminal::line(value);
    } else {
        terminal::line(format_args!("{}: {} records and all their hashes read again", audited.origin, audited.size));
        for found in &audited.findings {
            let index = found.index.map_or_else(String::new, |index| format!(", number {index} in it"));
            let why = if found.why.is_empty() { String::new() } else { format!(" ({})", found.why) };
            terminal::line(format_args!(
                "{}{index}: {}, from record {} on{why}",
                found.path,
                found.wrong.code(),
                found.leaf
            ));
        }
        if audited.findings.is_empty() {
            terminal::line("everything is as it was signed");
        }
        if audited.asked {
            terminal::line("the witness that runs was asked to read everything too; its page will say the same");
        }
    }
    match audited.findings.len() {
        0 => Ok(()),
        many => Err(Failure::new(Exit::Data, format_args!("{many} things of this log are altered"))),
    }
}

async fn serve(file: &Path, data: &Path, listen: Option<&str>, locale: Locale) -> Outcome {
    let config = Config::read(file).map_err(|fault| failure(Exit::Configuration, &fault))?;
    let listen = listen.unwrap_or(&config.listen);
    let address: SocketAddr = listen.parse().map_err(|_| {
        Failure::new(Exit::Configuration, "this is no address to listen on")
            .at(listen)
            .advice("write an address with a port, such as 127.0.0.1:8090")
    })?;
    let (stopper, stop) = wake::stop();
    let socket = server::bind(address)?;
    let bound = socket.local_addr().map_err(|error| Failure::new(Exit::Address, error))?;
    server::on_signals(stopper)?;
    let running = start(config, data, socket, stop)?;
    let name = running.name.clone();
    terminal::line(match locale {
        Locale::Ko => format!("증인 {name}: http://{bound}"),
        Locale::En => format!("witness {name} listens on http://{bound}"),
    });
    running.ended().await;
    Ok(())
}

/// A witness that was started.
pub(crate) struct Running {
    /// The name of its key.
    pub(crate) name: String,
    tasks: [tokio::task::JoinHandle<()>; 2],
}

impl Running {
    /// Returns when it has stopped.
    pub(crate) async fn ended(self) {
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task of the witness ended in a panic");
            }
        }
    }
}

/// Starts a witness on a socket; it runs until `stop` is told.
pub(crate) fn start(config: Config, data: &Path, socket: TcpListener, stop: Stop) -> Outcome<Running> {
    let templates = templates()?;
    let ports = ports(&config, &templates)?;
    let rng = Arc::clone(&ports.rng);
    let witness = Witness::open(config, data, ports).map_err(|fault| failure(Exit::Files, &fault))?;
    let name = witness.status().name;
    let metrics = Arc::new(Registry::default());
    let server = server_settings(&socket)?;
    let router = madang_web::witness::router(witness.clone(), templates);
    let router = server::wrap(
        router,
        Outside {
            metrics: Arc::clone(&metrics),
            trusted_proxies: Vec::new(),
            request_timeout: server.request_timeout,
            body: server.body,
            log: false,
            instance: rng.token()[..16].to_owned(),
            counter: 0.into(),
        },
    );
    let following = tokio::spawn({
        let mut stop = stop.clone();
        async move {
            let (sender, receiver) = watch::channel(false);
            let run = witness.run(receiver);
            tokio::pin!(run);
            tokio::select! {
                () = stop.set() => {
                    sender.send_replace(true);
                    // A look that is under way may take as long as the log makes it wait.
                    let _ = tokio::time::timeout(Duration::from_secs(5), run).await;
                }
                () = &mut run => {}
            }
        }
    });
    let serving = tokio::spawn(Listener::new(socket, router, metrics, &server).run(stop));
    Ok(Running { name, tasks: [following, serving] })
}

/// A witness is small: few and short requests, and no patience with slow ones.
fn server_settings(socket: &TcpListener) -> Outcome<Server> {
    Ok(Server {
        listen: socket.local_addr().map_err(|error| Failure::new(Exit::Address, error))?,
        metrics_listen: None,
        threads: 0,
        connections: 1000,
        header_timeout: Duration::from_secs(10),
        request_timeout: Duration::from_secs(30),
        grace: Duration::from_secs(5),
        trusted_proxies: Vec::new(),
        body: 128 << 10,
    })
}

fn templates() -> Outcome<Arc<Templates>> {
    let made = Templates::new(&Folders::default());
    made.map(Arc::new).map_err(|error| Failure::new(Exit::Failed, "the pages cannot be made").why(error))
}

fn ports(config: &Config, templates: &Arc<Templates>) -> Outcome<Ports> {
    let unusable = |error: madang_base::Error| {
        Failure::new(Exit::Configuration, "the settings of the alarms cannot be used").why(error)
    };
    let clock: SharedClock = Arc::new(SystemClock);
    let rng: SharedRng = Arc::new(OsRng);
    let mailer = config.mail.as_ref().map(mailer).transpose().map_err(unusable)?;
    let secret = config.alarms.webhook.as_ref().map_or_else(Vec::new, |hook| hook.secret.clone());
    let notify = WitnessNotifier::new(mailer, secret, Arc::clone(&clock), Arc::clone(&rng)).map_err(unusable)?;
    Ok(Ports {
        clock,
        rng,
        // Whoever runs the witness names the logs: they may be anywhere.
        fetch: Arc::new(WitnessClient::new(true).map_err(unusable)?),
        notify: Arc::new(notify),
        words: Arc::new(AlarmWords::new(Arc::clone(templates))),
        disk: Disk::default(),
    })
}

fn mailer(mail: &config::Mail) -> madang_base::Result<Arc<dyn Mailer>> {
    let (username, password) = mail.login.clone().unzip();
    let smtp = SmtpConfig {
        host: mail.host.clone(),
        port: Some(mail.port),
        security: match mail.security {
            Security::StartTls => SmtpSecurity::StartTls,
            Security::Tls => SmtpSecurity::Tls,
            Security::None => SmtpSecurity::None,
        },
        username,
        password,
        from: mail.from.clone(),
    };
    Ok(Arc::new(SmtpMailer::new(&smtp)?))
}
