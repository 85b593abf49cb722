//! Words of the upload tray, in Portuguese.

use crate::text::{Counted, UploadText};

pub static UPLOAD: UploadText = UploadText {
    tray: "Painel de envios",
    uploads: "Envios",
    all_uploads: "Todos os envios",
    pause_all: "Pausar tudo",
    resume_all: "Retomar tudo",
    cancel_all: "Cancelar tudo",
    close_tray: "Fechar o painel",
    close_notice: "Fechar este aviso",
    make_smaller: "Reduzir",
    choose_again: "Escolher de novo",
    retry: "Tentar de novo",
    pause: "Pausar",
    resume: "Retomar",
    dismiss: "Dispensar",
    choose_files: "Arquivos…",
    crop_first: "Cortar antes…",
    choose_folder: "Pasta…",
    files_to_go_on: "Arquivos para continuar o envio",
    folder_to_upload: "Pasta para enviar",
    choose_files_again: "Escolher os arquivos de novo",
    copy_list: "Copiar lista",
    list_copied: "Lista copiada",
    signed_out: "Sua sessão terminou. Nada se perdeu: os envios continuam assim que você",
    sign_in_again: "entrar de novo",
    signed_out_short: "Sessão encerrada: os envios aguardam",
    need_you: Counted {
        one: "{count} de {all} precisa de você",
        many: "{count} de {all} precisam de você",
    },
    uploading: "Enviando {at} de {all}",
    paused_of: "Em pausa: {done} de {all} enviados",
    uploaded: Counted {
        one: "{count} arquivo enviado",
        many: "{count} arquivos enviados",
    },
    per_second: "{size}/s",
    seconds_left: Counted {
        one: "falta {count} segundo",
        many: "faltam {count} segundos",
    },
    minutes_left: Counted {
        one: "falta {count} min",
        many: "faltam {count} min",
    },
    hours_left: "faltam {hours} h {minutes} min",
    waiting: "Na fila · {size}",
    waiting_safe: "Na fila · {percent}% já enviados",
    finishing: "Finalizando",
    sent_of: "{sent} de {size}",
    resting: "Sem conexão: nova tentativa automática",
    paused_at: "Em pausa, {percent}% enviados",
    shrinking: "Reduzindo o arquivo",
    converting: "Transformando HEIC em JPEG",
    absent: "Escolha este arquivo de novo para continuar",
    absent_safe: "Escolha este arquivo de novo para continuar; {percent}% já enviados",
    done: "Enviado · {size}",
    done_was: "Enviado · {size}, antes {was}",
    done_cropped: "Cortado e enviado · {size}",
    done_jpeg: "Enviado como JPEG, feito de HEIC · {size}",
    unseen: "O HEIC fica guardado como está, mas não pode ser mostrado: nem este navegador nem a \
             biblioteca o leem. Envie em JPEG para vê-lo aqui e em mensagens.",
    ask_smaller: "{problem} Quer reduzir?",
    way_out: "{problem} Escolha uma cópia menor ou peça ao operador que aumente o limite.",
    nowhere: "Pode ficar aqui, mas nenhuma mensagem o aceita como está.",
    nowhere_large: "Pode ficar aqui, mas é grande demais para qualquer mensagem: {size}; no máximo {most}.",
    nowhere_small: "Pode ficar aqui, mas tem poucos pixels para qualquer mensagem.",
    hidden: Counted {
        one: "{count} arquivo oculto ficou de fora.",
        many: "{count} arquivos ocultos ficaram de fora.",
    },
    empty_folder: "“{name}” não tem nenhum arquivo.",
    not_the_same: "{names}: não é um arquivo que aguarda aqui. O nome, o tamanho ou a data não \
                   coincide.",
    not_cropped: "“{name}” não pode ser cortado antes do envio: este navegador não o lê, ou ele se \
                  move. Corte na biblioteca.",
    left_out: Counted {
        one: "{count} imagem de “{folder}” ficou de fora: uma pasta traz no máximo {most} \
              imagens. Escolha-a como arquivo para incluí-la também.",
        many: "{count} imagens de “{folder}” ficaram de fora: uma pasta traz no máximo {most} \
               imagens. Escolha-as como arquivos para incluí-las também.",
    },
    show_names: Counted {
        one: "Ver o nome",
        many: "Ver os {count} nomes",
    },
    absent_uploads: Counted {
        one: "{count} envio pode continuar de onde parou.",
        many: "{count} envios podem continuar de onde pararam.",
    },
    question_one: "Enviar “{folder}” com {files}?",
    question_many: Counted {
        one: "Enviar {count} pasta com {files}?",
        many: "Enviar {count} pastas com {files}?",
    },
    to_library: "Tudo vai para a sua biblioteca.",
    to_folder: "Tudo vai para “{folder}”.",
    will_be_left_out: Counted {
        one: "Uma pasta traz no máximo {most} imagens: {count} imagem ficará de fora, e você \
              verá qual.",
        many: "Uma pasta traz no máximo {most} imagens: {count} imagens ficarão de fora, e você \
               verá quais.",
    },
    keep_one: "Manter a pasta “{folder}”",
    keep_many: Counted {
        one: "Manter a pasta",
        many: "Manter as {count} pastas",
    },
    put_in_library: "Colocar todos os arquivos na biblioteca",
    put_in_folder: "Colocar todos os arquivos em “{folder}”",
    more_moving: Counted {
        one: "mais {count} a caminho",
        many: "mais {count} a caminho",
    },
    more_waiting: Counted {
        one: "mais {count} na fila",
        many: "mais {count} na fila",
    },
    more_done: Counted {
        one: "mais {count} enviado",
        many: "mais {count} enviados",
    },
    progress_of: "Progresso de {name}",
    announce: "Enviando {files}",
    announce_percent: "Enviando {files}: {percent}%",
};
