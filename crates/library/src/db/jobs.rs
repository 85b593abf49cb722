//! Tables `jobs` and `rounds`.

use model::{JobId, Timestamp};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    tx::{Dialect, Tx, execute, fetch_optional},
};
use crate::Result;

/// Work to do.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct JobRow {
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    pub unique_key: String,
    pub attempts: i64,
}

/// Adds work, unless the same is waiting, under way or given up.
pub(crate) async fn insert(tx: &mut Tx, job: &JobRow, run_at: Timestamp) -> Result<()> {
    const INSERT: &str = "\
        insert into jobs (id, kind, payload, unique_key, state, run_at, attempts, created_at) \
        values ($1, $2, $3, $4, 'waiting', $5, 0, $5) on conflict (unique_key) do nothing";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(job.id)
            .bind(&job.kind)
            .bind(&job.payload)
            .bind(&job.unique_key)
            .bind(run_at)
    )?;
    Ok(())
}

/// Who does work: what waits for others outside holds nobody up who decodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    Workshop,
    Post,
}

impl Lane {
    const fn is_post(self) -> bool {
        matches!(self, Self::Post)
    }
}

/// Takes the next work of a lane that is due, or whose worker has not been heard of.
pub(crate) async fn claim(
    tx: &mut Tx,
    lane: Lane,
    now: Timestamp,
    leased_until: Timestamp,
) -> Result<Option<JobRow>> {
    const CLAIM: &str = "\
        update jobs set state = 'running', attempts = attempts + 1, leased_until = $2 \
         where id = (select id from jobs \
                      where ((state = 'waiting' and run_at <= $1) \
                         or (state = 'running' and leased_until <= $1)) \
                        and (kind = 'send_webhook') = $3 \
                      order by run_at, id limit 1) \
        returning id, kind, payload, unique_key, attempts";
    const CLAIM_SKIPPING_LOCKED: &str = "\
        update jobs set state = 'running', attempts = attempts + 1, leased_until = $2 \
         where id = (select id from jobs \
                      where ((state = 'waiting' and run_at <= $1) \
                         or (state = 'running' and leased_until <= $1)) \
                        and (kind = 'send_webhook') = $3 \
                      order by run_at, id limit 1 for update skip locked) \
        returning id, kind, payload, unique_key, attempts";
    let claim = match tx.dialect() {
        Dialect::Sqlite => CLAIM,
        Dialect::Postgres => CLAIM_SKIPPING_LOCKED,
    };
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(claim)
            .bind(now)
            .bind(leased_until)
            .bind(lane.is_post())
    )?)
}

/// Whether any work of a lane is due; looking is cheaper than claiming.
pub(crate) async fn is_any_due(tx: &mut Tx, lane: Lane, now: Timestamp) -> Result<bool> {
    const DUE: &str = "\
        select id from jobs where ((state = 'waiting' and run_at <= $1) \
            or (state = 'running' and leased_until <= $1)) \
            and (kind = 'send_webhook') = $2 limit 1";
    let found: Option<JobId> =
        fetch_optional!(tx, sqlx::query_scalar(DUE).bind(now).bind(lane.is_post()))?;
    Ok(found.is_some())
}

/// Says that the worker is alive.
pub(crate) async fn extend(tx: &mut Tx, job: &JobRow, leased_until: Timestamp) -> Result<()> {
    const EXTEND: &str = "\
        update jobs set leased_until = $3 where id = $1 and attempts = $2 and state = 'running'";
    execute!(
        tx,
        sqlx::query(EXTEND)
            .bind(job.id)
            .bind(job.attempts)
            .bind(leased_until)
    )?;
    Ok(())
}

/// Puts off work that nobody has begun: each by its key, under another one from then on.
pub(crate) async fn put_off(
    tx: &mut Tx,
    moved: &[(String, String)],
    run_at: Timestamp,
) -> Result<()> {
    if moved.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = (0..moved.len())
        .map(|row| format!("({})", places(2 + row * 2, 2)))
        .collect();
    let put_off = format!(
        "update jobs set run_at = $1, unique_key = moved.column2 \
           from (values {}) as moved \
          where jobs.unique_key = moved.column1 and jobs.state = 'waiting' \
            and not exists (select 1 from jobs as other where other.unique_key = moved.column2)",
        rows.join(", ")
    );
    execute!(tx, {
        let query = sqlx::query(AssertSqlSafe(put_off.clone())).bind(run_at);
        let pairs = moved.iter();
        pairs.fold(query, |query, (key, other)| query.bind(key).bind(other))
    })?;
    Ok(())
}

/// Forgets work that is done.
pub(crate) async fn delete(tx: &mut Tx, job: &JobRow) -> Result<()> {
    const DELETE: &str = "delete from jobs where id = $1 and attempts = $2";
    execute!(tx, sqlx::query(DELETE).bind(job.id).bind(job.attempts))?;
    Ok(())
}

/// Puts work back for another try later, or gives it up where there is no later.
pub(crate) async fn fail(
    tx: &mut Tx,
    job: &JobRow,
    error: &str,
    again_at: Option<Timestamp>,
) -> Result<()> {
    const FAIL: &str = "\
        update jobs set state = $3, last_error = $4, run_at = coalesce($5, run_at), \
               leased_until = null \
         where id = $1 and attempts = $2";
    let state = if again_at.is_some() {
        "waiting"
    } else {
        "failed"
    };
    execute!(
        tx,
        sqlx::query(FAIL)
            .bind(job.id)
            .bind(job.attempts)
            .bind(state)
            .bind(error)
            .bind(again_at)
    )?;
    Ok(())
}

/// Forgets work that was given up and last tried before a moment, so that it may be tried anew.
pub(crate) async fn delete_failed(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    const DELETE: &str = "delete from jobs where state = 'failed' and run_at < $1";
    Ok(execute!(tx, sqlx::query(DELETE).bind(before))?)
}

/// When a recurring round last ran; the first question makes it now.
pub(crate) async fn find_round(tx: &mut Tx, name: &str, now: Timestamp) -> Result<Timestamp> {
    const INSERT: &str = "\
        insert into rounds (name, ran_at) values ($1, $2) on conflict (name) do nothing";
    const FIND: &str = "select ran_at from rounds where name = $1";
    execute!(tx, sqlx::query(INSERT).bind(name).bind(now))?;
    let found = fetch_optional!(tx, sqlx::query_scalar(FIND).bind(name))?;
    Ok(found.unwrap_or(now))
}

/// Moves a round's time on, unless another process did; says whether the round is ours.
pub(crate) async fn take_round(
    tx: &mut Tx,
    name: &str,
    ran_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    const TAKE: &str = "update rounds set ran_at = $3 where name = $1 and ran_at = $2";
    Ok(execute!(tx, sqlx::query(TAKE).bind(name).bind(ran_at).bind(now))? == 1)
}

/// Since when a round is held back, where it ever was.
pub(crate) async fn find_held(tx: &mut Tx, name: &str) -> Result<Option<Timestamp>> {
    const FIND: &str = "select ran_at from rounds where name = $1";
    Ok(fetch_optional!(tx, sqlx::query_scalar(FIND).bind(name))?)
}

/// Holds a round back from now on.
pub(crate) async fn hold(tx: &mut Tx, name: &str, now: Timestamp) -> Result<()> {
    const HOLD: &str = "\
        insert into rounds (name, ran_at) values ($1, $2) \
        on conflict (name) do update set ran_at = excluded.ran_at";
    execute!(tx, sqlx::query(HOLD).bind(name).bind(now))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use model::{Secret, id::Id as _};

    use super::*;
    use crate::db::{Db, connect::connect, migrate::migrate};

    async fn database(folder: &std::path::Path) -> Db {
        let path = folder.join("satchel.db");
        let url = Secret::new(format!("sqlite://{}", path.display()));
        let db = connect(&url).await.unwrap();
        migrate(&db).await.unwrap();
        db
    }

    /// A moment of this many seconds.
    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    #[tokio::test]
    async fn who_is_late_changes_nothing_of_what_another_does_now() {
        let folder = tempfile::tempdir().unwrap();
        let db = database(folder.path()).await;
        let mut tx = db.write().await.unwrap();
        let job = JobRow {
            id: JobId::from_parts(1, 1),
            kind: "make_preview".to_owned(),
            payload: "{}".to_owned(),
            unique_key: "make_preview:1".to_owned(),
            attempts: 0,
        };
        insert(&mut tx, &job, at(0)).await.unwrap();

        let late = claim(&mut tx, Lane::Workshop, at(0), at(60))
            .await
            .unwrap()
            .unwrap();
        let early = claim(&mut tx, Lane::Workshop, at(59), at(119))
            .await
            .unwrap();
        let other = claim(&mut tx, Lane::Workshop, at(60), at(120))
            .await
            .unwrap()
            .unwrap();
        delete(&mut tx, &late).await.unwrap();
        fail(&mut tx, &late, "late", Some(at(61))).await.unwrap();
        extend(&mut tx, &late, at(600)).await.unwrap();

        assert!(early.is_none(), "it is leased");
        assert_eq!((late.attempts, other.attempts), (1, 2));
        assert!(!is_any_due(&mut tx, Lane::Workshop, at(119)).await.unwrap());
        assert!(is_any_due(&mut tx, Lane::Workshop, at(120)).await.unwrap());
        delete(&mut tx, &other).await.unwrap();
        assert!(!is_any_due(&mut tx, Lane::Workshop, at(600)).await.unwrap());
    }
}
