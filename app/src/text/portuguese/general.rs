//! Words of every page, in Portuguese.

use crate::text::{Counted, GeneralText};

pub const GENERAL: GeneralText = GeneralText {
    description: "A biblioteca de mídia para equipes que enviam mensagens.",
    close: "Fechar",
    cancel: "Cancelar",
    undo: "Desfazer",
    try_again: "Tentar de novo",
    part_absent: "Esta parte da página não chegou. Verifique a conexão e tente de novo.",
    save: "Salvar",
    create: "Criar",
    loading: "Carregando…",
    sign_in: "Entrar",
    sign_out: "Sair",
    library: "Biblioteca",
    folder: "Pasta",
    upload: "Enviar",
    files: Counted {
        one: "{count} arquivo",
        many: "{count} arquivos",
    },
    images: "Imagens",
    videos: "Vídeos",
    audio: "Áudio",
    documents: "Documentos",
    contacts: "Contatos",
    plain_text: "Texto",
    contact_card: "Cartão de contato",
    bytes: Counted {
        one: "{count} byte",
        many: "{count} bytes",
    },
    months: [
        "jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.",
        "dez.",
    ],
    day: "{day} de {month} de {year}",
    moment: "{day}, {time}",
    not_found: "Não há nada aqui",
    not_found_hint: "Pode ter mudado de lugar, ou você não tem acesso.",
    to_library: "Ir para a biblioteca",
};
