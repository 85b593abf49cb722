//! Words of the library in other programs, in Portuguese.

use crate::text::EmbedText;

pub const EMBED: EmbedText = EmbedText {
    title: "Outros programas",
    about: "A biblioteca abre como seletor em uma central de atendimento, em um editor de e-mail \
            ou em qualquer página sua. Experimente como as pessoas a verão lá e copie o que a faz \
            funcionar.",
    try_it: "Experimentar o seletor",
    try_hint: "O que você envia ou corta nele fica na biblioteca. Nada se torna público por \
               experimentar: o que não tem link público vem com um endereço que termina em uma \
               semana.",
    needs_script: "Para experimentar o seletor, o navegador precisa executar scripts.",
    placement: "Destino",
    no_placement: "Nenhum: qualquer arquivo serve",
    kinds: "Só estes tipos",
    several: "Vários arquivos",
    nothing: "Nada foi escolhido.",
    comes_back: "O que volta",
    to_insert: "O que inserir",
    door: "1. Uma porta no seu servidor",
    door_hint: "Ela pede uma sessão sempre que alguém abre o seletor, só para quem entrou no seu \
                programa. O operador cria o token, que nunca sai do seu servidor.",
    script: "2. Um script na sua página",
    script_hint: "O botão abre o seletor, e o evento traz o que foi escolhido.",
    copy: "Copiar",
    copied: "Copiado",
    open: "Abertos agora",
    none_open: "O seletor não está aberto em lugar nenhum.",
    until: "Até",
};
