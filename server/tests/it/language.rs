//! Pages speak the language that their reader asks for.

use crate::support::Server;

/// The page at an address, for a browser that asks for languages.
async fn page(server: &Server, path: &str, languages: &str) -> (String, String) {
    let reply = server
        .get(path)
        .header("accept", "text/html")
        .header("accept-language", languages)
        .send()
        .await;
    (reply.text().to_owned(), reply.header("vary").to_owned())
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
