//! What went wrong, in Portuguese.

use crate::text::{Counted, ProblemText};

pub const PROBLEM: ProblemText = ProblemText {
    malformed: "A página e o servidor não se entenderam. Recarregue a página.",
    unauthenticated: "Sua sessão terminou. Entre e tente de novo.",
    forbidden: "Seu perfil de acesso não permite isso. Fale com um administrador.",
    cross_site: "O formulário veio de outro endereço. Abra o Satchel outra vez e tente de novo.",
    not_found: "Isso não existe, ou você não tem acesso.",
    conflict: "Não dá para fazer isso agora. Recarregue a página e tente de novo.",
    changed_in_between: "Outra pessoa acabou de mudar isso. Recarregue a página e tente de novo.",
    too_large: "O arquivo é maior do que o permitido para o tipo.",
    too_large_by: "O arquivo tem {size}; o máximo para {kind} é {limit}.",
    body_too_large: "É mais do que dá para enviar de uma vez.",
    unsupported_kind: "Este tipo de arquivo não é aceito.",
    checksum_mismatch: "O arquivo se corrompeu no caminho. Tente de novo.",
    empty_file: "O arquivo está vazio. Confira o original e escolha-o de novo.",
    mismatched_name: "O nome do arquivo diz uma coisa e o conteúdo, outra.",
    corrupt_file: "O arquivo está danificado ou incompleto. Confira o original.",
    too_many_pixels: "A imagem tem pixels demais. Reduza-a antes de enviar.",
    invalid: "Algum valor não segue as regras. Confira o que você escreveu e tente de novo.",
    too_many_requests: "Tentativas demais. Aguarde um pouco e tente de novo.",
    wait: Counted {
        one: "Tentativas demais. Aguarde {count} segundo e tente de novo.",
        many: "Tentativas demais. Aguarde {count} segundos e tente de novo.",
    },
    quota_exceeded: "Não há mais espaço. Peça ao operador uma cota maior.",
    storage_full: "O armazenamento está cheio. Nada foi salvo; avise o operador.",
    gone: "Isso expirou ou foi cancelado. Comece de novo.",
    unavailable: "Não foi possível falar com o Satchel. Confira a conexão e tente de novo.",
    internal: "Algo deu errado do nosso lado. Nada se perdeu; tente de novo.",
    wrong_credentials: "E-mail e senha não conferem.",
    not_an_email: "Isso não é um endereço de e-mail.",
    bad_password: "A senha precisa de pelo menos 8 caracteres e não pode ser uma senha comum.",
    bad_name: "Um nome tem de 1 a 100 caracteres, em uma linha só.",
    not_done: "Não foi possível fazer isso. Confira o que você escreveu e tente de novo.",
};
