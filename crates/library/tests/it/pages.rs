//! Pages of the small lists: one after the other, nothing twice and nothing left out.

use model::{Cursor, Limit, Page, ProblemCode, Role, UploadMetadata};

use crate::support::{TestLibrary, body, code, fresh_library, meta, system, text};

/// Walks a list two items at a time.
async fn walk<T>(
    mut page: impl AsyncFnMut(Option<&Cursor>, Limit) -> library::Result<Page<T>>,
) -> Vec<T> {
    let limit = Limit::new(2).unwrap();
    let mut items = Vec::new();
    let mut cursor = None;
    loop {
        let found = page(cursor.as_ref(), limit).await.expect("a page");
        assert!(found.items.len() <= 2);
        items.extend(found.items);
        cursor = found.next_cursor;
        if cursor.is_none() {
            return items;
        }
    }
}

#[tokio::test]
async fn people_and_accounts_are_paged_by_name_whatever_its_case() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    for name in ["anna", "Émile", "BEN", "Zoe", "émile"] {
        let email = format!("{}@example.org", name.to_lowercase().len());
        let user = library::users::NewUser {
            email: format!("{}{email}", name.as_bytes()[0]).parse().unwrap(),
            name: name.parse().unwrap(),
            role: Role::Agent,
            operator: false,
            password: None,
        };
        drop(library.create_user(&ben, ben.account_id, user).await);
        library.account(&format!("{name} & Co")).await;
    }

    let whole = library.list_users(&ben, None, Limit::default());
    let whole = whole.await.unwrap().items;
    assert!(whole.len() > 4);
    let paged = walk(async |cursor, limit| library.list_users(&ben, cursor, limit).await).await;
    assert_eq!(paged, whole);

    let system = system();
    let whole = library.list_accounts(&system, None, Limit::default());
    let whole = whole.await.unwrap().items;
    assert_eq!(whole.len(), 6);
    let paged = walk(async |cursor, limit| library.list_accounts(&system, cursor, limit).await);
    assert_eq!(paged.await, whole);
}

#[tokio::test]
async fn tokens_and_sessions_are_paged_newest_first() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    for _ in 0..5 {
        library.token("Acme", Role::Agent, &[]).await;
        library.signed_in("ben@example.com").await;
    }

    let tokens = walk(async |cursor, limit| library.list_tokens(&ben, cursor, limit).await).await;
    assert_eq!(tokens.len(), 5);
    assert!(tokens.is_sorted_by(|one, next| one.id > next.id));

    let sessions = walk(async |cursor, limit| library.list_sessions(&ben, cursor, limit).await);
    let sessions = sessions.await;
    assert_eq!(sessions.len(), 6);
    assert!(sessions.is_sorted_by(|one, next| one.id > next.id));
}

async fn five_folders_and_tags(library: &TestLibrary) -> library::Actor {
    let anna = library.agent("anna").await;
    let mut parent = None;
    for word in ["sea", "Sun", "ärger", "Ärzte", "zoo"] {
        let name = word.parse().unwrap();
        let folder = library.create_folder(&anna, parent, name).await.unwrap();
        parent = Some(folder.id);
        let metadata = UploadMetadata {
            tags: vec![word.to_owned()],
            ..meta("note.txt")
        };
        let note = body(&text(1, 100));
        let made = library.upload_asset(&anna, metadata, None, note).await;
        made.unwrap();
    }
    anna
}

#[tokio::test]
async fn tags_are_paged_by_name_and_folders_oldest_first() {
    let library = fresh_library().await;
    let anna = five_folders_and_tags(&library).await;

    let whole = library.list_tags(&anna, None, Limit::default());
    let whole = whole.await.unwrap().items;
    assert_eq!(whole.len(), 5);
    let paged = walk(async |cursor, limit| library.list_tags(&anna, cursor, limit).await).await;
    assert_eq!(paged, whole);

    let all = model::FolderFilter::default();
    let paged = walk(async |cursor, limit| library.list_folders(&anna, &all, cursor, limit).await);
    let paged = paged.await;
    assert_eq!(paged.len(), 5);
    assert!(paged.is_sorted_by(|one, next| one.id < next.id));
}

#[tokio::test]
async fn a_cursor_of_another_list_is_malformed() {
    let library = fresh_library().await;
    let anna = five_folders_and_tags(&library).await;
    let limit = Limit::new(2).unwrap();
    let tags = library.list_tags(&anna, None, limit).await.unwrap();

    let cursor = tags.next_cursor;
    let sessions = library.list_sessions(&anna, cursor.as_ref(), limit).await;
    assert_eq!(code(sessions), ProblemCode::Malformed);
}
