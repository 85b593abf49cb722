//! Where settings come from, each layer over the one before: the file, the environment, flags.

use std::{env, fs, path::PathBuf};

use toml::{Table, Value};

use super::{Settings, SettingsError};

impl Settings {
    /// Reads the settings: the file, then the environment, then flags, each over the one before.
    ///
    /// Without a file being named, `satchel.toml` in the working folder is read if it is there.
    pub fn load(file: Option<PathBuf>, flags: Table) -> Result<Self, SettingsError> {
        let mut table = match file {
            Some(path) => read(&path)?,
            None if PathBuf::from("satchel.toml").exists() => read(&"satchel.toml".into())?,
            None => Table::new(),
        };
        overlay(&mut table, environment(|name| env::var(name).ok())?);
        overlay(&mut table, flags);
        table
            .try_into()
            .map_err(|error: toml::de::Error| SettingsError(error.message().to_owned()))
    }
}

fn read(path: &PathBuf) -> Result<Table, SettingsError> {
    let shown = path.display();
    let text =
        fs::read_to_string(path).map_err(|error| SettingsError(format!("{shown}: {error}")))?;
    text.parse()
        .map_err(|error: toml::de::Error| SettingsError(format!("{shown}: {error}")))
}

/// Lays one table over another, section by section.
fn overlay(under: &mut Table, over: Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Table(section)), Value::Table(more)) => overlay(section, more),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

/// What the environment sets: `SATCHEL_` and the key, section first, in capitals.
fn environment(get: impl Fn(&str) -> Option<String>) -> Result<Table, SettingsError> {
    let defaults =
        Table::try_from(Settings::default()).map_err(|error| SettingsError(error.to_string()))?;
    section(&defaults, "SATCHEL", &get)
}

fn section(
    defaults: &Table,
    prefix: &str,
    get: &impl Fn(&str) -> Option<String>,
) -> Result<Table, SettingsError> {
    let mut set = Table::new();
    for (key, default) in defaults {
        let name = format!("{prefix}_{}", key.to_uppercase());
        if let Value::Table(inner) = default {
            let inner = section(inner, &name, get)?;
            if !inner.is_empty() {
                set.insert(key.clone(), Value::Table(inner));
            }
        } else if let Some(text) = get(&name) {
            set.insert(key.clone(), like(default, &text, &name)?);
        }
    }
    Ok(set)
}

/// Reads text as the sort of value a default is.
fn like(default: &Value, text: &str, name: &str) -> Result<Value, SettingsError> {
    Ok(match default {
        Value::Integer(_) => Value::Integer(
            text.trim()
                .parse()
                .map_err(|_| SettingsError(format!("{name}: not a number")))?,
        ),
        Value::Boolean(_) => Value::Boolean(
            text.trim()
                .parse()
                .map_err(|_| SettingsError(format!("{name}: neither true nor false")))?,
        ),
        Value::Array(_) => text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| Value::String(part.to_owned()))
            .collect::<Vec<_>>()
            .into(),
        _ => Value::String(text.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::LogFormat;

    #[test]
    fn the_environment_lies_over_the_file() {
        let mut table: Table = "listen = '0.0.0.0:80'\n[log]\nfilter = 'warn'\nformat = 'json'"
            .parse()
            .unwrap();

        let environment = environment(|name| match name {
            "SATCHEL_LISTEN" => Some("127.0.0.1:0".to_owned()),
            "SATCHEL_TRUSTED_PROXIES" => Some("10.0.0.0/8, ::1".to_owned()),
            "SATCHEL_LOG_FILTER" => Some("debug".to_owned()),
            "SATCHEL_SERVER_MAX_CONNECTIONS" => Some("9".to_owned()),
            "SATCHEL_DECODER_AVIF" => Some("false".to_owned()),
            _ => None,
        });
        overlay(&mut table, environment.unwrap());
        let settings: Settings = table.try_into().unwrap();

        assert_eq!(settings.listen.port(), 0);
        assert_eq!(settings.proxies().unwrap().len(), 2);
        assert_eq!(settings.log.filter, "debug");
        assert_eq!(settings.log.format, LogFormat::Json);
        assert_eq!(settings.server.max_connections, 9);
    }
}
