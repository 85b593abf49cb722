//! Where requests go, and where they never do.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::*;

/// Every row of the shared corpus of addresses that must not be asked by their looks alone.
const REFUSED: [&str; 20] = [
    "http://127.0.0.1:9/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "http://127.0.0.2/",
    "http://0.0.0.0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:25/x",
    "http://user:pw@127.0.0.1/",
    "http://127.0.0.1#@media.test.invalid/",
    "http://user:pw@media.test.invalid/",
];

/// Answers each question with the next list of addresses, and the last one from then on.
struct Scripted {
    answers: Mutex<Vec<IpAddr>>,
}

impl Scripted {
    fn answering(answers: &[&str]) -> Arc<Self> {
        let answers = answers.iter().rev().map(|ip| ip.parse().unwrap());
        Arc::new(Self {
            answers: Mutex::new(answers.collect()),
        })
    }
}

impl Lookup for Scripted {
    fn lookup(&self, _: &str) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
        let mut answers = self.answers.lock().unwrap();
        let answer = if answers.len() > 1 {
            answers.pop()
        } else {
            answers.last().copied()
        };
        let found = answer.map(|ip| SocketAddr::new(ip, 0));
        Box::pin(async move { Ok(found.into_iter().collect()) })
    }
}

/// Rules under which http is spoken, and these networks are asked, too.
fn rules(allow: &[&str]) -> config::Egress {
    config::Egress {
        allow: allow.iter().map(|text| text.parse().unwrap()).collect(),
        http: true,
    }
}

/// A server on this machine that counts who comes, and answers all alike.
async fn listener(answer: &'static str) -> (u16, Arc<AtomicUsize>) {
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = socket.local_addr().unwrap().port();
    let hits = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&hits);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = socket.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            let mut head = [0; 4_096];
            let _ = stream.read(&mut head).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (port, hits)
}

#[test]
fn addresses_of_this_machine_and_its_neighbors_are_refused_in_every_writing() {
    let egress = Egress::new(rules(&[]));

    for text in REFUSED {
        assert!(egress.parse(text).is_err(), "{text}");
    }
    for text in [
        "",
        "hooks",
        "//x/",
        "https://",
        "https://[::1",
        "javascript:alert(1)",
    ] {
        assert!(egress.parse(text).is_err(), "{text}");
    }
    let long = format!("https://media.test.invalid/{}", "a".repeat(2_000));
    assert_eq!(egress.parse(&long), Err(Refused::Unreadable));
    assert!(egress.parse("https://media.test.invalid/ok.jpg").is_ok());
}

#[test]
fn http_is_spoken_only_where_the_operator_says_so() {
    let strict = Egress::new(config::Egress::default());

    let refused = strict.parse("http://media.test.invalid/");
    assert_eq!(refused, Err(Refused::Scheme));
    assert!(
        Egress::new(rules(&[]))
            .parse("http://media.test.invalid/")
            .is_ok()
    );
}

#[test]
fn what_follows_a_number_sign_is_not_sent() {
    let egress = Egress::new(rules(&[]));

    let to = egress
        .parse(" https://media.test.invalid/a#secret ")
        .unwrap();
    assert_eq!(to.as_str(), "https://media.test.invalid/a");
}

#[tokio::test]
async fn a_name_that_leads_home_is_not_connected_to() {
    let (port, hits) = listener("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    for home in [
        "127.0.0.1",
        "::ffff:127.0.0.1",
        "10.0.0.1",
        "64:ff9b::7f00:1",
    ] {
        let egress = Egress::looking_up(rules(&[]), Scripted::answering(&[home]));
        let to = egress
            .parse(&format!("http://hooks.test.invalid:{port}/"))
            .unwrap();

        let sent = egress
            .request(Method::POST, &to)
            .await
            .unwrap()
            .send()
            .await;

        let told = reason(&sent.unwrap_err());
        assert_eq!(told, Refused::Private.to_string(), "{home}");
    }
    assert_eq!(hits.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_the_second_time_is_looked_at_the_second_time() {
    let names = Scripted::answering(&["93.184.216.34", "127.0.0.1"]);
    let egress = Egress::looking_up(rules(&[]), names);
    let look = || egress.guard.resolve("rebind.test.invalid".parse().unwrap());

    let first: Vec<_> = look().await.unwrap().collect();
    let public: SocketAddr = "93.184.216.34:0".parse().unwrap();
    assert_eq!(first, [public]);
    let second = look().await.map(Vec::from_iter).unwrap_err();
    assert!(second.downcast_ref::<Refused>().is_some());
}

#[tokio::test]
async fn one_private_address_among_public_ones_is_one_too_many() {
    struct Mixed;
    impl Lookup for Mixed {
        fn lookup(&self, _: &str) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
            let both = ["93.184.216.34:0", "127.0.0.1:0"];
            let both: [SocketAddr; 2] = both.map(|text| text.parse().unwrap());
            Box::pin(async move { Ok(both.to_vec()) })
        }
    }
    let egress = Egress::looking_up(rules(&[]), Arc::new(Mixed));

    let found = egress.guard.resolve("mixed.test.invalid".parse().unwrap());
    assert!(found.await.is_err());
}

#[tokio::test]
async fn networks_that_the_operator_names_are_asked() {
    let (port, hits) = listener("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello").await;
    let names = Scripted::answering(&["127.0.0.1"]);
    let egress = Egress::looking_up(rules(&["127.0.0.0/8"]), names);

    for host in ["hooks.test.invalid", "127.0.0.1", "2130706433"] {
        let to = egress.parse(&format!("http://{host}:{port}/")).unwrap();
        let sent = egress.request(Method::GET, &to).await.unwrap().send().await;
        let mut answer = sent.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(read_some(&mut answer, 4).await.unwrap(), b"hell");
    }
    assert_eq!(hits.load(Ordering::SeqCst), 3);
    assert!(egress.parse("http://10.0.0.1/").is_err());
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let (port, hits) = listener(
        "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n",
    )
    .await;
    let egress = Egress::new(rules(&["127.0.0.0/8"]));
    let to = egress.parse(&format!("http://127.0.0.1:{port}/")).unwrap();

    let sent = egress
        .request(Method::POST, &to)
        .await
        .unwrap()
        .send()
        .await;

    assert_eq!(sent.unwrap().status(), 302);
    assert_eq!(hits.load(Ordering::SeqCst), 1);
}
