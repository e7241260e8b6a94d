use std::path::Path;

use super::*;

fn load_text(text: &str, env: &[(&str, &str)], flags: Flags) -> Result<Loaded, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("site.toml");
    std::fs::write(&path, text).unwrap();
    let flags = Flags { config: Some(path), ..flags };
    load(&flags, &Environment::of(env))
        .map_err(|error| error.to_string().replace(&format!("{}/", folder.path().display()), ""))
}

fn fails(text: &str) -> String {
    load_text(text, &[], Flags::default()).unwrap_err()
}

#[test]
fn later_layers_win() {
    let text = "[server]\nlisten = \"127.0.0.1:1\"\nthreads = 3\n[log]\nlevel = \"warn\"\n";
    let env = [("MADANG_SERVER_LISTEN", "127.0.0.1:2"), ("MADANG_LOG_LEVEL", "debug")];
    let flags = Flags { listen: Some("127.0.0.1:3".into()), ..Flags::default() };
    let loaded = load_text(text, &env, flags).unwrap();
    assert_eq!(loaded.config.server.listen.port(), 3);
    assert_eq!(loaded.config.server.threads, 3);
    assert_eq!(loaded.config.log.level, "debug");
    assert!(!loaded.config.log.json);
    let shown = show(&loaded, false);
    let origin = |key: &str| shown.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    assert!(origin("server.listen ").ends_with("flag --listen"));
    assert!(origin("server.threads ").ends_with("site.toml:3:11"), "{}", origin("server.threads"));
    assert!(origin("log.level ").ends_with("environment variable MADANG_LOG_LEVEL"));
    assert!(origin("jobs.workers ").ends_with("default"));
}

#[test]
fn unknown_keys_name_their_place_and_the_nearest() {
    assert_eq!(
        fails("[server]\nlissen = \"a\"\n"),
        "site.toml:2:1: unknown key \"server.lissen\"; did you mean \"server.listen\"?"
    );
    assert_eq!(
        fails("\n  [servr]\n  listen = \"a\"\n"),
        "site.toml:2:4: unknown key \"servr\"; `madang config example` lists all keys"
    );
    assert_eq!(
        fails("[[oidc]]\nname = \"a\"\nisuer = \"b\"\n"),
        "site.toml:3:1: unknown key \"isuer\"; did you mean \"issuer\"?"
    );
}

#[test]
fn wrong_values_say_what_is_wanted() {
    for (text, message) in [
        (
            "[server]\nlisten = 80\n",
            "site.toml:2:10: server.listen: the number 80 is not a string: put it in quotation marks",
        ),
        (
            "[server]\nlisten = \"localhost\"\n",
            "site.toml:2:10: server.listen: \"localhost\" is not an address with a port, such as 127.0.0.1:8080 or [::]:8080",
        ),
        ("[database]\npool = 0\n", "site.toml:2:8: database.pool: \"0\" is not a whole number from 1 to 512"),
        (
            "[server]\ngrace = \"20\"\n",
            "site.toml:2:9: server.grace: \"20\" is not a time such as 500ms, 30s, 5m or 2h",
        ),
        ("[log]\nformat = \"xml\"\n", "site.toml:2:10: log.format: \"xml\" is not one of text, json"),
        (
            "[database]\nurl = \"mysql://x\"\n",
            "site.toml:2:7: database.url: it must be sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME",
        ),
        (
            "[mail]\nhost = \"smtp.example\"\n",
            "site.toml:2:8: mail.host: mail.from is missing: add the sender, such as mail.from = \"Madang <madang@city.example>\"",
        ),
        ("[oidc]\nname = \"a\"\n", "site.toml:1:2: oidc: it is a list of tables: write [[oidc]] above each of them"),
        (
            "[server]\ntrusted_proxies = [\"here\"]\n",
            "site.toml:2:19: server.trusted_proxies: \"here\" is not a list of IP addresses: \"here\" is none",
        ),
        (
            "[limits]\nbody = \"1MB\"\n",
            "site.toml:2:8: limits.body: it is smaller than blobs.max, so that the largest files could not be sent; \
             raise it or lower blobs.max",
        ),
    ] {
        assert_eq!(fails(text), message);
    }
    assert!(fails("[server\nlisten = 1\n").starts_with("site.toml:1:8: "), "{}", fails("[server\nlisten = 1\n"));
    let error = load_text("", &[("MADANG_DATABASE_POOL", "many")], Flags::default()).unwrap_err();
    assert_eq!(
        error,
        "environment variable MADANG_DATABASE_POOL: database.pool: \"many\" is not a whole number from 1 to 512"
    );
}

#[test]
fn secrets_come_from_files_and_are_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("site.toml");
    std::fs::write(folder.path().join("smtp"), "hunter2-from-file\n").unwrap();
    std::fs::write(
        &config,
        "[mail]\nhost = \"h\"\nfrom = \"f@example.org\"\nuser = \"u\"\npassword_file = \"smtp\"\n\
         [[oidc]]\nname = \"my-id\"\nissuer = \"https://id.example\"\nclient_id = \"c\"\nlabel_ko = \"가\"\nlabel_en = \"b\"\n",
    )
    .unwrap();
    let flags = Flags { config: Some(config.clone()), ..Flags::default() };
    let env = [
        ("MADANG_DATABASE_URL", "postgres://joe:hunter2@db.example/madang?sslmode=disable"),
        ("MADANG_OIDC_MY_ID_CLIENT_SECRET", "hunter2-of-oidc"),
    ];
    let loaded = load(&flags, &Environment::of(&env)).unwrap();
    assert_eq!(loaded.config.mail.as_ref().unwrap().login.as_ref().unwrap().1.expose(), "hunter2-from-file");
    assert_eq!(loaded.config.oidc[0].client_secret.as_ref().unwrap().expose(), "hunter2-of-oidc");
    for text in [show(&loaded, false), show(&loaded, true), format!("{:?}", loaded.config)] {
        assert!(!text.contains("hunter2"), "{text}");
    }
    let json: serde_json::Value = serde_json::from_str(&show(&loaded, true)).unwrap();
    let url = json["values"].as_array().unwrap().iter().find(|value| value["key"] == "database.url").unwrap();
    assert_eq!(url["value"], "postgres://joe:(hidden)@db.example/madang?sslmode=disable");
    assert_eq!(url["origin"], "environment");
    std::fs::write(&config, "[mail]\npassword = \"a\"\npassword_file = \"smtp\"\n").unwrap();
    assert!(load(&flags, &Environment::default()).unwrap_err().to_string().contains("are both given"));
}

#[test]
fn paths_are_relative_to_the_file_that_says_them() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("etc.toml");
    std::fs::write(&config, "data = \"var\"\n[database]\nurl = \"sqlite:x.db\"\n").unwrap();
    let loaded = load(&Flags { config: Some(config), ..Flags::default() }, &Environment::default()).unwrap();
    assert_eq!(loaded.config.data, folder.path().join("var"));
    assert_eq!(loaded.config.database.url.file(), Some(folder.path().join("x.db").as_path()));
    let flags = Flags { data: Some("here".into()), ..Flags::default() };
    let loaded = load(&flags, &Environment::default()).unwrap();
    assert_eq!(loaded.config.database.url.file(), Some(Path::new("here/madang.db")));
    assert_eq!(loaded.config.blobs.folder().unwrap(), Path::new("here/blobs"));
}

#[test]
fn the_file_in_the_data_folder_is_found_and_cannot_move_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("madang.toml"), "[log]\nlevel = \"error\"\n").unwrap();
    let flags = Flags { data: Some(folder.path().into()), ..Flags::default() };
    assert_eq!(load(&flags, &Environment::default()).unwrap().config.log.level, "error");
    std::fs::write(folder.path().join("madang.toml"), "data = \"/elsewhere\"\n").unwrap();
    assert!(load(&flags, &Environment::default()).unwrap_err().to_string().contains("cannot name another one"));
}

#[test]
fn unknown_variables_warn() {
    let env = [("MADANG_SERVER_LISTEM", "127.0.0.1:1"), ("MADANG_TEST_POSTGRES", "x"), ("PATH", "/bin")];
    let loaded = load_text("", &env, Flags::default()).unwrap();
    assert_eq!(
        loaded.warnings,
        ["environment variable MADANG_SERVER_LISTEM is not known; did you mean MADANG_SERVER_LISTEN?"]
    );
}

#[test]
fn the_example_is_valid_and_complete_when_its_lines_are_put_in_force() {
    let text: String = example()
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.contains(" = ") && !rest.contains("(none)") && !rest.contains("_file") => {
                format!("{rest}\n")
            }
            _ => format!("{line}\n"),
        })
        .take_while(|line| !line.contains("[[oidc]]"))
        .collect();
    let loaded = load_text(&text, &[], Flags::default()).unwrap();
    for key in schema::KEYS {
        let name = key.path.rsplit('.').next().unwrap();
        assert!(text.contains(&format!("{name} = ")) || text.contains(&format!("{name}_file = ")), "{}", key.path);
        if key.default.is_some() && key.path != "data" {
            let said = loaded.values.main.get(key.path).unwrap();
            assert_eq!(said.source.kind(), "file", "{}", key.path);
        }
    }
}

#[test]
fn every_setting_is_in_the_operations_guide() {
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operations.md")).unwrap();
    for key in schema::KEYS {
        assert!(guide.contains(&format!("| `{}`", key.path)), "docs/operations.md does not describe {}", key.path);
    }
    for list in schema::LISTS {
        for key in list.keys {
            let name = format!("{}.{}", list.name, key.path);
            assert!(guide.contains(&format!("| `{name}`")), "docs/operations.md does not describe {name}");
        }
    }
}
