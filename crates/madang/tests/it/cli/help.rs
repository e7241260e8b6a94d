//! Help texts are part of the interface: the snapshot shows every change of it.

use crate::support::run;

const COMMANDS: &[&[&str]] = &[
    &[],
    &["serve"],
    &["demo"],
    &["import"],
    &["import", "plan"],
    &["export"],
    &["export", "plan"],
    &["export", "plan-template"],
    &["export", "log"],
    &["export", "salts"],
    &["admin"],
    &["admin", "create"],
    &["admin", "list"],
    &["admin", "reset-second-factor"],
    &["service"],
    &["service", "check"],
    &["service", "diff"],
    &["service", "apply"],
    &["service", "try"],
    &["copy-db"],
    &["backup"],
    &["restore"],
    &["ledger"],
    &["ledger", "status"],
    &["ledger", "recover"],
    &["ledger", "rotate"],
    &["ledger", "fetch"],
    &["search"],
    &["search", "status"],
    &["search", "rebuild"],
    &["search", "dictionary"],
    &["tally"],
    &["draw"],
    &["witness"],
    &["witness", "init"],
    &["witness", "audit"],
    &["verify"],
    &["verify", "export"],
    &["verify", "file"],
    &["verify", "proof"],
    &["verify", "database"],
    &["verify", "counts"],
    &["opinion"],
    &["bench"],
    &["config"],
    &["config", "show"],
    &["config", "check"],
    &["config", "example"],
    &["openapi"],
];

fn help(command: &[&str]) -> String {
    run(&[command, &["--help"]].concat()).ok()
}

#[test]
fn help_is_as_recorded() {
    let text: String = COMMANDS
        .iter()
        .map(|command| format!("$ madang {}\n\n{}\n", [*command, &["--help"]].concat().join(" "), help(command)))
        .collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/cli/help.txt");
    let record = std::env::vars_os().any(|(name, _)| name == "MADANG_TEST_RECORD");
    if record {
        std::fs::write(path, &text).unwrap();
    }
    let recorded = std::fs::read_to_string(path).unwrap();
    assert!(text == recorded, "help has changed; look at it and run again with MADANG_TEST_RECORD=1:\n{text}");
}

#[test]
fn every_command_is_in_the_snapshot_and_has_an_example() {
    for command in COMMANDS {
        let text = help(command);
        let nested: Vec<&str> = text
            .lines()
            .skip_while(|line| *line != "Commands:")
            .skip(1)
            .take_while(|line| !line.is_empty())
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next())
            .filter(|name| *name != "help")
            .collect();
        for name in &nested {
            let path = [*command, &[*name]].concat();
            assert!(COMMANDS.contains(&path.as_slice()), "{path:?} is not in the snapshot");
        }
        let positional = text.lines().any(|line| line == "Arguments:");
        if nested.is_empty() && positional && command.first() != Some(&"admin") {
            assert!(text.contains("Example"), "{command:?} has no example");
        }
    }
}

#[test]
fn wrong_usage_is_code_2() {
    run(&["serv"]).fails(2, &["unrecognized subcommand 'serv'", "serve"]);
    run(&["serve", "--lisen", "x"]).fails(2, &["--listen"]);
    run(&["copy-db"]).fails(2, &["--from", "--to"]);
    run(&[]).fails(2, &["Usage: madang"]);
}

#[test]
fn the_guide_lists_the_exit_codes_of_the_help() {
    let guide = include_str!("../../../../../docs/operations.md");
    let help = help(&[]);
    for code in 0..=7 {
        assert!(help.contains(&format!("\n  {code}  ")), "{code} in the help");
        assert!(guide.contains(&format!("\n| {code} | ")), "{code} in the guide");
    }
}
