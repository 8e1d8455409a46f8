import type { StepParams } from '../step-params.ts'
import { flowSv } from './flow-sv.ts'
import { routingSv } from './routing-sv.ts'
import type { storyEn } from './story-en.ts'

type Sentence = (about: StepParams) => string

const because: Readonly<Record<string, Sentence>> = {
  unconditional: (p) => `${p.name ?? p.who} vidarekopplar alla samtal`,
  'user-busy': (p) => `${p.name ?? p.who} satt i samtal eller avvisade`,
  'no-answer': (p) => `${p.name ?? p.who} inte svarade i tid`,
  unavailable: (p) => `ingen telefon hos ${p.name ?? p.who} gick att nå`,
  'do-not-disturb': (p) => `${p.name ?? p.who} inte ville bli störd`,
  deflection: (p) => `${p.name ?? p.who} skickade det dit medan det ringde`,
}

const forwarded: Sentence = (p) =>
  `Samtalet gick vidare till ${p.to}, eftersom ${(because[p.reason!] ?? because['unconditional']!)(p)}.`

export const storySv: typeof storyEn = {
  steps: {
    called: (p) => `${p.who} ringde ${p.dialled}${p.device ? ` från ”${p.device}”` : ''}.`,
    'route.emergency': (p) => `${p.number} är ett nödnummer: inget får hindra samtalet.`,
    'route.emergency-without-trunk': (p) => `${p.number} är ett nödnummer, men det finns ingen linje ut.`,
    'route.emergency-call-back': (p) => `${p.name} ringde nyss ett nödnummer, därför släpps alla samtal fram.`,
    'route.number-unknown': (p) => `Ingen har numret ${p.number}.`,
    'route.user-gone': (p) => `${p.number} tillhörde någon som inte finns kvar.`,
    'route.no-trunk': (p) => `Ingen här har numret ${p.number}, och ingen linje ut tar emot det.`,
    'route.barred': (p) => `Samtal till ${p.number} är inte tillåtna för ${p.name}.`,
    'route.by-trunk': (p) => `${p.number} finns utanför; samtalet gick ut via ${p.trunk}.`,
    'route.trunk-full': (p) => `Alla ${p.count} kanaler på ${p.trunk} var upptagna.`,
    'route.trunk-money': (p) => `Dagens gräns för pengar på ${p.trunk} var nådd.`,
    'route.trunk-down': (p) => `${p.trunk} svarade inte och prövades därför sist.`,
    'route.trunk-target': (p) => `Hos ${p.trunk} tillfrågades ${p.target} först.`,
    'route.not-ours': (p) => `Samtalet kom utifrån till ${p.number}, som inte är ett av företagets nummer.`,
    'route.service': (p) => `${p.number} är en tjänst: ${p.service}.`,
    'route.group': (p) => `${p.number} är gruppen ${p.name} med ${p.count} medlemmar.`,
    ...routingSv,
    'route.forwarded': forwarded,
    'route.rule-passed-over': (p) =>
      `Vidarekopplingen från ${p.name} till ${p.to} hoppades över: den hade lett ingenstans eller runt i cirkel.`,
    'route.do-not-disturb': (p) => `${p.name} ville inte bli störd.`,
    'route.do-not-disturb-exception': (p) => `${p.name} ville inte bli störd, men ${p.number} får alltid ringa.`,
    'route.on-the-phone': (p) => `${p.name} satt i samtal och tar inte emot ett till.`,
    'route.devices-ring': (p) => `Alla telefoner hos ${p.name} skulle ringa i ${p.seconds} s.`,
    'route.registered': (p) =>
      p.count === 0
        ? `Ingen telefon hos ${p.name} var registrerad, så ingen kunde ringa.`
        : p.count === 1
          ? `En telefon hos ${p.name} var registrerad.`
          : `${p.count} telefoner hos ${p.name} var registrerade.`,
    rings: (p) => `Det ringde på ${p.device ? `”${p.device}”` : 'en telefon'} hos ${p.who}.`,
    forwarded,
    ...flowSv,
    answered: (p) => `${p.who} svarade${p.device ? ` på ”${p.device}”` : ''}.`,
    service: (p) => `Tjänsten svarade: ${p.service}.`,
    held: (p) => `${p.who} parkerade samtalet.`,
    retrieved: (p) => `${p.who} hämtade tillbaka samtalet.`,
    conferenced: (p) => `${p.who} fortsatte i en konferens.`,
    transferred: (p) => `${p.who} kopplade samtalet till ${p.to}.`,
    interrupted: (p) => `Förbindelsen till ${p.who} bröts; samtalet väntade.`,
    resumed: (p) => `${p.who} var tillbaka efter ${p.seconds} s.`,
    noticed: (p) =>
      p.what === 'no-audio-from'
        ? `Inget hördes från ${p.who}.`
        : p.what === 'address-changed'
          ? `${p.who} bytte till ett annat nät; samtalet fortsatte.`
          : p.what === 'unrecorded'
            ? 'En stund kunde inget skrivas ned; nödsamtalet fortsatte ändå.'
            : `Något märktes hos ${p.who}: ${p.what}.`,
    'recording-started': (p) => `En inspelning av ${p.who} började.`,
    'recording-ended': (p) => `Inspelningen av ${p.who} slutade efter ${p.seconds} s.`,
    'voicemail-left': (p: StepParams) => `Ett meddelande på ${p.seconds} s lämnades till ${p.name}.`,
    'service.voicemail-greeting': (p: StepParams) => `Den som ringde fick höra hälsningen från ${p.name}.`,
    'service.voicemail-off': (p: StepParams) => `Röstbrevlådan för ${p.name} tar inte emot meddelanden.`,
    'service.voicemail-full': (p: StepParams) => `Röstbrevlådan för ${p.name} är full.`,
    'service.voicemail-assistant': (p: StepParams) =>
      `Den som ringde ville tala med någon annan och kopplades till ${p.to}.`,
    'service.voicemail-listens': (p: StepParams) => `Någon lyssnade på röstbrevlådan för ${p.name}.`,
    'service.voicemail-wrong-pin': () => 'Röstbrevlådan eller pinkoden var fel.',
    'service.voicemail-locked': () => 'Röstbrevlådan låstes efter för många felaktiga pinkoder.',
    'service.voicemail-calls-sender': (p: StepParams) => `Den som lyssnade ringde upp avsändaren, ${p.to}.`,
    'recording-fetched': (p) => `${p.name} hämtade inspelningen över FTPS från ${p.address}.`,
    'fax-detected': (p) => `En fax hördes hos ${p.who}: dess toner går igenom oförändrade härefter.`,
    'fax-relayed': (p) => `${p.who} började sända faxet som data (T.38).`,
    'fax-relay-ended': (p) => `${p.who} gick tillbaka från faxdata till ljud.`,
    'fax-relay-refused': (p) => `${p.who} tar inte emot faxdata (SIP ${p.status}); faxet fortsatte som ljud.`,
    'left.busy': (p) => `${p.device ? `”${p.device}”` : p.who} var upptagen.`,
    'left.declined': (p) => `${p.who} avvisade samtalet.`,
    'left.no-answer': (p) => `Det slutade ringa på ${p.device ? `”${p.device}”` : p.who}: ingen svarade.`,
    'left.answered-elsewhere': (p) =>
      `Det slutade ringa på ${p.device ? `”${p.device}”` : p.who}: besvarat på annat håll.`,
    'left.unavailable': (p) => `${p.device ? `”${p.device}”` : p.who} tog inte emot samtalet.`,
    'left.unreachable': (p) => `${p.device ? `”${p.device}”` : p.who} gick inte att nå.`,
    'left.diverted': (p) => `${p.device ? `”${p.device}”` : p.who} skickade samtalet vidare.`,
    'left.other': (p) => `${p.who} tillfrågades inte längre.`,
    'trouble.sip-alg': (p) => `En router hos ${p.who} skrev om samtalets meddelanden.`,
    'trouble.no-audio-from': (p) => `Inte ett enda ljudpaket kom från ${p.who}.`,
    'trouble.no-audio-heard': (p) => `Inget av vårt ljud kom fram till ${p.who}.`,
    'trouble.lossy': (p) => `Ljud försvann på vägen mellan oss och ${p.who}.`,
    'trouble.peer-lost': (p) => `${p.who} svarade inte längre på våra meddelanden.`,
    'trouble.no-ack': (p) => `Vårt svar kom inte fram till ${p.who}.`,
    'ended.talked': (p) => `${p.who} lade på efter ${p.seconds} s.`,
    'ended.cancelled': (p) => `${p.caller} gav upp innan någon svarade.`,
    'ended.other': () => 'Samtalet avslutades.',
  },
  verdicts: {
    'hung-up': (p) => `Allt gick bra. ${p.who ?? p.caller} lade på.`,
    'goes-on': () => 'Samtalet pågår.',
    cancelled: (p) => `${p.caller} gav upp innan någon svarade.`,
    busy: (p) => `${p.callee} var upptagen.`,
    declined: (p) => `${p.callee} avvisade samtalet.`,
    'do-not-disturb': (p) => `${p.callee} ville inte bli störd.`,
    cleared: () => 'Samtalet avslutades på kommando.',
    'service-not-available': () => 'Tjänsten som ringdes finns inte ännu.',
    'no-device': (p) => `Ingen telefon hos ${p.callee} var registrerad.`,
    'no-answer': (p) => `Det ringde, men ${p.callee} svarade inte.`,
    'phone-silent': (p) => `Telefonen hos ${p.callee} är registrerad men reagerade inte.`,
    'trunk-silent': () => 'Linjen ut reagerade inte.',
    'wrong-number': (p) => `${p.dialled} används inte: fel nummer.`,
    barred: (p) => `Samtal till ${p.dialled} är inte tillåtna.`,
    'no-trunk': (p) => `Det finns ingen linje ut för ${p.dialled}.`,
    'trunk-full': () => 'Alla kanaler på linjen ut var upptagna.',
    'spend-limit': () => 'Dagens kostnadsgräns för samtal var nådd.',
    'no-common-media': () => 'De två sidorna har inget sätt att överföra ljud gemensamt.',
    'connection-lost': (p) => `Förbindelsen till ${p.who} bröts.`,
    'media-timeout': (p) => `Inget ljud kom längre från ${p.who}.`,
    'session-expired': (p) => `${p.who} svarade inte längre på våra meddelanden.`,
    'peer-lost': (p) => `${p.who} svarade inte längre på våra meddelanden.`,
    'no-ack': (p) => `Vårt svar kom inte fram till ${p.who}.`,
    restarted: () => 'Plattformen startades om mitt i samtalet.',
    'shut-down': () => 'Plattformen höll på att stängas av.',
    'internal-error': () => 'Plattformen gjorde ett fel.',
    'ledger-full': () => 'Plattformen kunde inte bokföra samtalet och kopplade det därför inte.',
    'media-failed': () => 'Plattformen kunde inte överföra ljudet.',
    'peer-fault': (p) => `Den andra sidan svarade med felet ${p.status}.`,
    'no-audio-from': (p) => `Ljud åt bara ett håll: inget kom från ${p.who}.`,
    'no-audio-heard': (p) => `Ljud åt bara ett håll: ${p.who} hörde inget.`,
    'sip-alg': (p) => `En router hos ${p.who} skriver om samtal.`,
    lossy: (p) => `Dåligt ljud: nätet hos ${p.who} tappar paket.`,
    other: () => 'Samtalet avslutades; mer står inte i bokföringen.',
  },
  advice: {
    'alg-off': 'Stäng av ”SIP ALG” eller ”SIP helper” i routern, eller låt telefonen använda TLS.',
    'open-media': 'Öppna medieportarna (UDP) mot oss i brandväggen där, och se till att mikrofonen är på.',
    'open-media-to': 'Öppna UDP från våra medieportar mot telefonen i brandväggen där.',
    'check-line': 'Prova kabel i stället för wifi, och ge tal företräde på linjen.',
    'keep-way-open': 'En router glömde vägen: låt telefonen använda TCP eller TLS.',
    'check-trunk': 'Fråga linjens operatör; tiden och meddelandena finns i stegdiagrammet.',
    'register-device':
      'Starta en telefon eller öppna appen och logga in; under Inställningar › Enheter står vad som är registrerat.',
    'set-no-answer-rule': 'Under Inställningar › Samtal kan man ange vart obesvarade samtal ska gå.',
    'set-busy-rule': 'Under Inställningar › Samtal kan man ange vart samtal ska gå under tiden.',
    'check-phone': 'Se till att telefonen har ström och nät, och starta om den.',
    'check-number': 'Kontrollera numret som slogs.',
    'ask-administrator': 'Fråga din administratör.',
    'add-trunk': 'En administratör kan lägga till en linje ut.',
    'more-channels': 'Försök senare; en administratör kan beställa fler kanaler.',
    'check-codecs': 'Tillåt G.711 eller Opus på telefonen, och kryptering där den krävs.',
  },
  fault: {
    nobody: 'Ingen bär skulden',
    caller: 'Den som ringde',
    callee: 'Den uppringda',
    'caller-network': 'Nätet hos den som ringde',
    'callee-network': 'Nätet hos den uppringda',
    'callee-phone': 'Telefonen hos den uppringda',
    trunk: 'Linjen ut',
    us: 'Den här plattformen',
    unknown: 'Okänt',
  },
  certainty: { certain: 'säkert', likely: 'troligt', guess: 'en gissning' },
}
