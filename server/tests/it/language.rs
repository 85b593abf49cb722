//! Pages speak the language that their reader asks for.

use serde_json::json;

use crate::support::Server;

/// The page at an address, for a browser that asks for languages.
async fn page(server: &Server, path: &str, languages: &str) -> (String, String) {
    let reply = server
        .get(path)
        .header("accept", "text/html")
        .header("accept-language", languages)
        .send()
        .await;
    (reply.text(), reply.header("vary").to_owned())
}

#[tokio::test]
async fn a_stranger_is_greeted_in_the_browsers_language() {
    let server = Server::fresh();

    for (languages, tag, word) in [
        ("", "en", "Sign in"),
        ("de-DE, de;q=0.9", "en", "Sign in"),
        ("pt-BR,pt;q=0.9,en;q=0.8", "pt-BR", "Entrar"),
        ("pt-PT", "pt-BR", "Entrar"),
        ("en;q=0.9, pt;q=0.8", "en", "Sign in"),
    ] {
        let (html, vary) = page(&server, "/sign-in", languages).await;

        assert!(
            html.contains(&format!("<html lang=\"{tag}\"")),
            "{languages}: {html}"
        );
        assert!(html.contains(word), "{languages}: {html}");
        assert!(vary.contains("accept-language"), "{vary}");
    }
}

#[tokio::test]
async fn what_a_form_came_back_with_is_told_in_the_browsers_language() {
    let server = Server::fresh();

    for (query, sentence) in [
        ("problem=unauthenticated", "E-mail e senha não conferem."),
        (
            "problem=too_many_requests&retry_after=30",
            "Tentativas demais. Aguarde 30 segundos e tente de novo.",
        ),
        (
            "problem=too_large&kind=image&size=5900000&limit=5000000",
            "O arquivo tem 5,9 MB; o máximo para imagens é 5 MB.",
        ),
        (
            "problem=invalid&reason=name_too_long&most=255",
            "O nome tem no máximo 255 caracteres.",
        ),
        (
            "problem=invalid&reason=made_up&field=email",
            "Algum valor não segue as regras.",
        ),
        ("problem=nonsense", "Algo deu errado do nosso lado."),
    ] {
        let (html, _) = page(&server, &format!("/sign-in?{query}"), "pt-BR").await;

        assert!(html.contains(sentence), "{query}: {html}");
    }
}

#[tokio::test]
async fn an_address_that_leads_nowhere_says_so_in_portuguese() {
    let server = Server::fresh();

    let (html, _) = page(&server, "/nowhere", "pt-BR").await;

    assert!(html.contains("Não há nada aqui"), "{html}");
    assert!(!html.contains("There is nothing here"), "{html}");
}

#[tokio::test]
async fn a_profile_goes_before_the_browser() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    let shown = async |languages: &str| {
        let reply = server
            .get("/")
            .by(&anna)
            .header("accept", "text/html")
            .header("accept-language", languages)
            .send()
            .await
            .expect(200);
        (reply.text(), reply.header("vary").to_owned())
    };
    let (html, vary) = shown("en").await;
    assert!(
        html.contains("<html lang=\"en\" data-theme=\"system\">"),
        "{html}"
    );
    assert!(vary.contains("accept-language"), "{vary}");

    let said = json!({ "language": "pt-BR", "theme": "dark" });
    let me = server
        .patch("/api/v1/me")
        .by(&anna)
        .json(&said)
        .send()
        .await;
    assert_eq!(me.expect(200).json()["language"], "pt-BR");

    let (html, vary) = shown("en").await;
    assert!(
        html.contains("<html lang=\"pt-BR\" data-theme=\"dark\">"),
        "{html}"
    );
    assert!(html.contains("Sua biblioteca está vazia"), "{html}");
    assert!(!vary.contains("accept-language"), "{vary}");
}

#[tokio::test]
async fn a_language_or_a_look_we_do_not_have_is_refused() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;

    for said in [
        json!({ "language": "xx" }),
        json!({ "theme": "pink" }),
        json!({ "role": "administrator" }),
        json!({ "name": "" }),
    ] {
        let refused = server
            .patch("/api/v1/me")
            .by(&anna)
            .json(&said)
            .send()
            .await;
        assert!((400..500).contains(&refused.status), "{said}");
    }
}
