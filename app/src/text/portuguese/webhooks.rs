//! Words of webhooks, in Portuguese.

use crate::text::{Counted, WebhooksText};

pub const WEBHOOKS: WebhooksText = WebhooksText {
    title: "Webhooks",
    about: "Programas avisados do que acontece com arquivos, pastas e etiquetas.",
    all: "Todos os webhooks",
    none: "Nenhum programa é avisado de nada ainda.",
    new: "Novo webhook",
    address: "Endereço",
    address_hint: "Um endereço https que possa ser alcançado de qualquer lugar. \
                   Nada é enviado a redes privadas, a menos que o operador permita.",
    events: "Avisado de",
    events_hint: "Onde nada é marcado, é avisado de tudo.",
    everything: "tudo",
    make: "Criar webhook",
    change: "Alterar…",
    states: [
        "Ligado",
        "Desligado",
        "Desligado: nada chegou por dias",
        "Desligado: respondeu que não existe mais",
    ],
    failing: "Nada chega",
    secret: "Segredo",
    secret_made: "Copie-o agora para o programa: só é mostrado desta vez. As mensagens são assinadas com ele.",
    test: "Enviar um teste",
    rotate: "Novo segredo",
    rotate_hint: "Por um dia as mensagens são assinadas com o novo segredo e com o anterior.",
    switch_on: "Ligar",
    switch_off: "Desligar",
    delete: "Excluir…",
    delete_asks: "O webhook some, e com ele a lista do que lhe foi avisado.",
    delete_now: "Excluir webhook",
    told: "O que lhe foi avisado",
    nothing_told: "Nada ainda. O que terminou fica aqui por 30 dias.",
    delivery_states: ["Aguardando", "Chegou", "Falhou"],
    answer: "resposta",
    no_answer: "sem resposta",
    tries: Counted {
        one: "{count} tentativa,",
        many: "{count} tentativas,",
    },
    replay: "Enviar de novo",
};
