//! Words of the pages before the library, in Portuguese.

use crate::text::EntryText;

pub const ENTRY: EntryText = EntryText {
    sign_in_hint: "As imagens, os vídeos e os documentos da sua equipe, a uma busca de distância.",
    email: "E-mail",
    password: "Senha",
    password_hint: "No mínimo 8 caracteres. Algumas palavras juntas funcionam bem.",
    set_up: "Configurar o Satchel",
    set_up_hint: "Aqui você cria a primeira conta e passa a ser quem a administra.",
    account_name: "Nome da sua equipe ou empresa",
    your_name: "Seu nome",
    create_library: "Criar biblioteca",
    set_up_over: "Este link não vale mais",
    set_up_over_hint: "Ele funciona uma única vez, até que alguém configure o Satchel. \
                       Reinicie o Satchel para receber um novo link, ou entre na sua conta.",
    not_found: "Não há nada aqui",
    not_found_hint: "Pode ter mudado de lugar, ou você não tem acesso.",
    to_library: "Ir para a biblioteca",
};
