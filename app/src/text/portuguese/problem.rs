//! What went wrong, in Portuguese.

use crate::text::{Counted, ProblemText};

pub const PROBLEM: ProblemText = ProblemText {
    malformed: "A página e o servidor não se entenderam. Recarregue a página.",
    unauthenticated: "Sua sessão terminou. Entre e tente de novo.",
    forbidden: "Seu perfil de acesso não permite isso. Fale com um administrador.",
    operations_spent: "Esta sessão já alterou tudo o que podia. Abra o seletor outra vez.",
    cross_site: "O formulário veio de outro endereço. Abra o Satchel outra vez e tente de novo.",
    not_found: "Isso não existe, ou você não tem acesso.",
    conflict: "Não dá para fazer isso agora. Recarregue a página e tente de novo.",
    not_undoable: "Não dá mais para desfazer isso.",
    changed_in_between: "Outra pessoa acabou de mudar isso. Recarregue a página e tente de novo.",
    too_large: "O arquivo é maior do que o permitido para o tipo.",
    too_large_by: "{name} tem {size}; o máximo para {kind} é {limit}.",
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
    unavailable: "O Satchel está ocupado ou não responde. Espere um pouco e tente de novo.",
    internal: "Algo deu errado do nosso lado. Nada se perdeu; tente de novo.",
    wrong_credentials: "E-mail e senha não conferem.",
    not_an_email: "Isso não é um endereço de e-mail.",
    bad_name: "Um nome tem de 1 a 100 caracteres, em uma linha só.",
    no_room: "O limite é de {limit} e não há espaço para mais {size}. \
              Peça ao operador uma cota maior.",
    the_file: "O arquivo",
    not_done: "Não foi possível fazer isso. Confira o que você escreveu e tente de novo.",
    name_taken: "Já existe algo com este nome aqui. Escolha outro nome.",
    email_taken: "Este e-mail já é de outra pessoa.",
    in_trash: "Isso está na lixeira. Restaure primeiro.",
    not_in_trash: "Mova para a lixeira primeiro.",
    trashed_with: "Foi para a lixeira junto com “{name}”. Restaure aquela pasta ou exclua-a de vez.",
    folder_gone: "A pasta acabou de ser removida. Escolha outra.",
    inside_itself: "Uma pasta não pode ficar dentro de si mesma. Escolha outro lugar.",
    too_deep: "As pastas têm no máximo {most} níveis. Escolha um lugar mais acima.",
    yourself: "Você não pode fazer isso consigo. Peça a outro administrador.",
    last_administrator: "A conta precisa de um administrador. Promova outra pessoa primeiro.",
    switched_off: "Reative o acesso desta pessoa primeiro.",
    above_allowance: "No máximo {limit} por pessoa. Peça mais ao operador.",
    too_many_assets: "A biblioteca tem {most} arquivos, contando a lixeira, e não pode ter mais. \
        Exclua o que não precisa mais ou peça mais ao operador.",
    name_empty: "O nome precisa de pelo menos um caractere.",
    name_too_long: "O nome tem no máximo {most} caracteres.",
    name_characters: "O nome não pode ter barras, quebras de linha nem caracteres invisíveis.",
    alt_text_too_long: "O texto alternativo tem no máximo {most} caracteres.",
    tag_too_long: "Aqui cabem de 1 a {most} caracteres, em uma linha só e sem vírgula.",
    too_many_tags: "Um arquivo leva no máximo {most} etiquetas.",
    password_length: "A senha tem de 8 a 128 caracteres; algumas palavras juntas são fáceis de lembrar.",
    password_is_email: "A senha não pode ser o seu próprio e-mail.",
    password_common: "Esta é uma das primeiras senhas que se tentam; escolha outra.",
    wrong_password: "A senha antiga não confere.",
    no_file: "Escolha pelo menos um arquivo.",
    file_moved: "O arquivo foi alterado ou movido depois de escolhido. Escolha-o de novo.",
    other_kind: "Este arquivo é de outro tipo. Escolha um do mesmo tipo.",
    cannot_fit: "Esta imagem não pode ser adaptada a esse espaço.",
    not_shrunk: "{name} tem {size}; o máximo para {kind} é {limit}. \
                 Este navegador não conseguiu reduzir o arquivo.",
    too_many_pixels_by: "A imagem tem mais de {most} megapixels. Reduza-a antes de enviar.",
    nothing_to_take: "Não há arquivos para baixar aqui.",
    too_many_files: "Um zip leva no máximo {most} arquivos. Baixe menos de cada vez.",
    no_picture: "Só imagens que abrem aqui podem ser alteradas.",
    still_moving: "Os arquivos dela ainda estão indo para a lixeira. Tente de novo em instantes.",
    team_gone: "Esta equipe acabou de ser removida. Escolha outra.",
    too_many_teams: "Um arquivo é de no máximo {most} equipes.",
    own_quota: "Você tem {limit} e não há espaço para mais {size}. Exclua o que não precisa mais ou peça mais ao operador.",
    #[cfg(feature = "ssr")]
    same_tag: "Uma etiqueta só se junta a outra. Escolha outra.",
    #[cfg(feature = "ssr")]
    not_of_account: "Uma destas pessoas não é desta conta.",
    #[cfg(feature = "ssr")]
    not_a_size: "Escreva um tamanho como 5MB ou 2GB.",
    #[cfg(feature = "ssr")]
    not_a_number: "Escreva um número inteiro.",
    #[cfg(feature = "ssr")]
    placement_name: "Um espaço precisa de um nome com letras ou números, de no máximo 100 caracteres em uma linha só; uma nota tem no máximo 500.",
    #[cfg(feature = "ssr")]
    placement_rules: "Um espaço tem de 1 a {most} regras. Diga pelo menos uma.",
    #[cfg(feature = "ssr")]
    placement_figures: "Nenhum arquivo cumpriria uma destas regras, ou todos cumpririam. Confira os números.",
    #[cfg(feature = "ssr")]
    placement_source: "Diga qual página afirma isso, com endereço https, e quando foi lida.",
    #[cfg(feature = "ssr")]
    too_many_placements: "Uma conta tem no máximo {most} espaços próprios.",
};
