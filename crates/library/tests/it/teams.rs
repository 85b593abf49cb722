//! Teams: administrators make them, everybody assigns, and members find what is theirs.

use library::teams::TeamPatch;
use model::{AssetFilter, AssetPatch, Limit, ProblemCode, Reason, TeamChoice};

use crate::support::{code, fresh_library, problem, text};

#[tokio::test]
async fn a_member_finds_what_is_for_the_own_teams() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let anna = library.agent("anna").await;
    let ben = library.agent("ben").await;
    let user = |actor: &library::Actor| actor.user_id().unwrap();
    let sales = library
        .create_team(&ada, "Sales", &[user(&anna), user(&anna)])
        .await
        .unwrap();
    let press = library
        .create_team(&ada, "Press", &[user(&anna), user(&ben)])
        .await
        .unwrap();
    let mut ids = Vec::new();
    for seed in 1..=4 {
        ids.push(
            library
                .upload(&anna, &format!("{seed}.txt"), &text(seed, 50))
                .await
                .id,
        );
    }
    library
        .assign_assets(&ben, &ids[..2], &[sales.id], &[])
        .await
        .unwrap();
    library
        .assign_assets(&ben, &ids[1..3], &[press.id], &[])
        .await
        .unwrap();

    let names = async |actor, teams: &[TeamChoice]| -> Vec<String> {
        let filter = AssetFilter {
            teams: teams.to_vec(),
            ..AssetFilter::default()
        };
        let page = library
            .list_assets(actor, &filter, None, Limit::default())
            .await
            .unwrap();
        assert_eq!(
            library.count_assets(actor, &filter).await.unwrap(),
            page.items.len() as u64
        );
        page.items
            .iter()
            .map(|asset| asset.name.to_string())
            .collect()
    };
    assert_eq!(
        names(&anna, &[TeamChoice::Mine]).await,
        ["3.txt", "2.txt", "1.txt"]
    );
    assert_eq!(names(&ben, &[TeamChoice::Mine]).await, ["3.txt", "2.txt"]);
    assert_eq!(names(&ada, &[TeamChoice::Mine]).await, [""; 0]);
    assert_eq!(
        names(&ada, &[TeamChoice::Team(sales.id)]).await,
        ["2.txt", "1.txt"]
    );
    let eve = library.stranger("eve").await;
    assert_eq!(names(&eve, &[TeamChoice::Team(sales.id)]).await, [""; 0]);
    let page = |cursor| library.list_teams(&ben, cursor, Limit::new(1).unwrap());
    let first = page(None).await.unwrap();
    let second = page(first.next_cursor.as_ref()).await.unwrap();
    assert_eq!(second.next_cursor, None);
    let teams = [first.items, second.items].concat();
    let shown: Vec<_> = teams
        .iter()
        .map(|team| {
            (
                team.name.as_str(),
                team.members.len(),
                team.asset_count,
                team.is_mine,
            )
        })
        .collect();
    assert_eq!(shown, [("Press", 2, 2, true), ("Sales", 1, 2, false)]);
}

#[tokio::test]
async fn an_asset_is_for_the_teams_that_are_named() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let sales = library.create_team(&ada, "Sales", &[]).await.unwrap();
    library.create_team(&ada, "Press", &[]).await.unwrap();
    let asset = library.upload(&ada, "a.txt", &text(1, 50)).await;
    let teams = |names: &[&str]| AssetPatch {
        teams: Some(names.iter().map(|name| (*name).to_owned()).collect()),
        ..AssetPatch::default()
    };

    let patch = teams(&["PRESS", &sales.id.to_string()]);
    let assigned = library.update_asset(&ada, asset.id, patch).await.unwrap();
    assert_eq!(assigned.teams, ["Press", "Sales"]);
    let only = library
        .update_asset(&ada, asset.id, teams(&["sales"]))
        .await
        .unwrap();
    assert_eq!(only.teams, ["Sales"]);
    let unknown = library
        .update_asset(&ada, asset.id, teams(&["sales", "nobody"]))
        .await;
    assert_eq!(problem(unknown).status, 422);

    library.delete_team(&ada, sales.id).await.unwrap();
    assert!(
        library
            .get_asset(&ada, asset.id)
            .await
            .unwrap()
            .teams
            .is_empty()
    );
}

#[tokio::test]
async fn a_team_has_a_name_of_its_own_and_people_of_its_account() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let eve = library.stranger("eve").await;
    let sales = library.create_team(&ada, "Sales", &[]).await.unwrap();
    let press = library.create_team(&ada, "Press", &[]).await.unwrap();

    assert_eq!(
        code(library.create_team(&ada, "sáles", &[]).await),
        ProblemCode::Conflict
    );
    let taken = TeamPatch {
        name: Some("press".to_owned()),
        ..TeamPatch::default()
    };
    assert_eq!(
        code(library.update_team(&ada, sales.id, taken).await),
        ProblemCode::Conflict
    );
    let stranger = TeamPatch {
        members: eve.user_id().map(|id| vec![id]),
        ..TeamPatch::default()
    };
    assert_eq!(
        problem(library.update_team(&ada, press.id, stranger).await).status,
        422
    );
    let mine = TeamPatch {
        name: Some("PR".to_owned()),
        members: ada.user_id().map(|id| vec![id]),
        version: Some(press.version),
    };
    let pr = library.update_team(&ada, press.id, mine).await.unwrap();
    assert_eq!((pr.name.as_str(), pr.is_mine), ("PR", true));
    let asset = library.upload(&eve, "theirs.txt", &text(1, 50)).await;
    let crossed = library
        .assign_assets(&eve, &[asset.id], &[press.id], &[])
        .await;
    assert_eq!(problem(crossed).status, 422);
}

#[tokio::test]
async fn teams_are_offered_by_name_without_a_look_at_what_is_for_them() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let ben = library.agent("ben").await;
    let eve = library.stranger("eve").await;
    let mut made = Vec::new();
    for name in ["Sales", "Press", "Ágora"] {
        made.push(library.create_team(&ada, name, &[]).await.unwrap().id);
    }
    library.delete_team(&ada, made[0]).await.unwrap();

    let offered = library.list_team_names(&ben).await.unwrap();
    let names: Vec<_> = offered.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["Ágora", "Press"]);
    assert_eq!(library.get_team_name(&ben, made[1]).await.unwrap(), "Press");
    assert!(library.list_team_names(&eve).await.unwrap().is_empty());
    for (actor, team) in [(&eve, made[1]), (&ben, made[0])] {
        let found = library.get_team_name(actor, team).await;
        assert_eq!(code(found), ProblemCode::NotFound);
    }
}

#[tokio::test]
async fn the_second_of_two_who_change_a_team_at_once_is_told() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let eva = library.administrator("eva").await;
    let team = library.create_team(&ada, "Sales", &[]).await.unwrap();
    let with_eva = TeamPatch {
        members: eva.user_id().map(|id| vec![id]),
        version: Some(team.version),
        ..TeamPatch::default()
    };
    let renamed = TeamPatch {
        name: Some("Trade".to_owned()),
        version: Some(team.version),
        ..TeamPatch::default()
    };
    let emptied = TeamPatch {
        members: Some(Vec::new()),
        version: Some(team.version),
        ..TeamPatch::default()
    };

    let first = library.update_team(&ada, team.id, with_eva).await.unwrap();
    assert_eq!(first.version, 2);
    for late in [renamed, emptied] {
        let told = problem(library.update_team(&eva, team.id, late).await);
        assert_eq!(told.reason, Some(Reason::ChangedMeanwhile));
        assert!(told.detail.contains("Sales"), "{}", told.detail);
    }

    let found = library.list_teams(&eva, None, Limit::default()).await;
    let found = found.unwrap().items.remove(0);
    assert_eq!((found.name.as_str(), found.version), ("Sales", 2));
    assert!(found.is_mine);
}
