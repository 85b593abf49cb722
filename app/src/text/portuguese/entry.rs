//! Words of the pages before the library, in Portuguese.

use crate::text::EntryText;

pub static ENTRY: EntryText = EntryText {
    sign_in_hint: "As imagens, os vídeos e os documentos da sua equipe, a uma busca de distância.",
    email: "E-mail",
    password: "Senha",
    password_hint: "No mínimo 8 caracteres. Algumas palavras juntas funcionam bem.",
    set_up: "Configurar o Satchel",
    set_up_hint: "Aqui você cria a primeira conta e passa a ser quem a administra.",
    account_name: "Nome da sua equipe ou empresa",
    your_name: "Seu nome",
    create_library: "Criar biblioteca",
    join: "Participar do Satchel",
    join_hint: "Você recebeu um convite para a biblioteca de {account} como {email}.",
    join_now: "Participar",
    new_password: "Escolher uma nova senha",
    new_password_hint: "Para {email} em {account}. Todas as outras sessões terminam.",
    set_password: "Definir senha",
    link_over: "Este link não funciona mais",
    link_over_hint: "Ele funciona uma vez e por tempo limitado. Peça outro a quem administra a conta.",
    set_up_over: "Este link não vale mais",
    set_up_over_hint: "Ele funciona uma única vez, até que alguém configure o Satchel. \
                       Reinicie o Satchel para receber um novo link, ou entre na sua conta.",
};
