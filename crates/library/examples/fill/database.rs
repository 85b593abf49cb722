//! A connection to one of the two databases, and how rows are copied in it.

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::{Fill, rows::series};

/// A connection to one of the two databases.
pub enum Database {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Fill {
    pub async fn open(url: &str) -> Self {
        let database = if url.starts_with("sqlite:") {
            Database::Sqlite(SqliteConnection::connect(url).await.expect("a database"))
        } else {
            Database::Postgres(PgConnection::connect(url).await.expect("a database"))
        };
        Self { database }
    }

    /// Copies rows of a table, some columns set otherwise.
    pub async fn copy(&mut self, table: &str, set: &[(&str, String)], from: &str) {
        let (columns, values) = self.columns(table, set).await;
        self.run(&format!(
            "insert into {table} ({columns}) select {values} from {table} as original {from}"
        ))
        .await;
    }

    pub async fn copy_series(
        &mut self,
        table: &str,
        range: std::ops::Range<usize>,
        set: &[(&str, String)],
        from: &str,
    ) {
        let (columns, values) = self.columns(table, set).await;
        let series = series(range);
        self.run(&format!(
            "{series} insert into {table} ({columns}) select {values} from {table} as original{from}"
        )).await;
    }

    /// The columns of a table, and what each is: said, or as it was.
    async fn columns(&mut self, table: &str, set: &[(&str, String)]) -> (String, String) {
        let list = match &self.database {
            Database::Sqlite(_) => format!("select name from pragma_table_info('{table}')"),
            Database::Postgres(_) => format!(
                "select column_name::text from information_schema.columns \
                  where table_schema = 'public' and table_name = '{table}'"
            ),
        };
        let columns = self.texts(&list).await;
        let value = |column: &String| {
            let said = set.iter().find(|(name, _)| name == column);
            said.map_or_else(|| format!("original.{column}"), |(_, value)| value.clone())
        };
        let values: Vec<_> = columns.iter().map(value).collect();
        (columns.join(", "), values.join(", "))
    }

    pub async fn run(&mut self, sql: &str) {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        let done = match &mut self.database {
            Database::Sqlite(connection) => query.execute(connection).await.map(drop),
            Database::Postgres(connection) => query.execute(connection).await.map(drop),
        };
        done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    pub async fn texts(&mut self, sql: &str) -> Vec<String> {
        let query = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
        let done = match &mut self.database {
            Database::Sqlite(connection) => query.fetch_all(connection).await,
            Database::Postgres(connection) => {
                sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
                    .fetch_all(connection)
                    .await
            }
        };
        done.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }
}
