//! Both databases have the same tables, columns, types and nullability, but for the index of words.

use crate::support::{TestDatabase, fresh_library};

const SQLITE: &str = "\
    select tables.name || '.' || columns.name || ' ' || lower(columns.type) \
        || case when columns.\"notnull\" = 1 then '' else ', may be absent' end \
    from sqlite_master as tables, pragma_table_info(tables.name) as columns \
    where tables.type = 'table' \
        and tables.name not like 'sqlite\\_%' escape '\\' \
        and tables.name not like '\\_sqlx%' escape '\\' \
        and tables.name not like 'search\\_index%' escape '\\' \
    order by tables.name, columns.name";

const POSTGRES: &str = "\
    select table_name || '.' || column_name || ' ' || data_type \
        || case when is_nullable = 'NO' then '' else ', may be absent' end \
    from information_schema.columns \
    where table_schema = 'public' and table_name not like '\\_sqlx%' \
        and data_type <> 'tsvector' and table_name <> 'search_rows' \
    order by table_name collate \"C\", column_name collate \"C\"";

#[tokio::test]
async fn both_databases_have_one_schema() {
    let library = fresh_library().await;

    let columns = match &library.database {
        TestDatabase::Sqlite(_) => library.database.texts(SQLITE).await,
        TestDatabase::Postgres { .. } => library.database.texts(POSTGRES).await,
    };

    // What the two call differently by nature.
    let schema = columns
        .join("\n")
        .replace(" blob", " bytes")
        .replace(" bytea", " bytes")
        .replace(" jsonb", " json");
    insta::assert_snapshot!("schema", schema);
}
