import type { StepParams } from '../step-params.ts'

/** What queues did with a call. */
export const queuesSv = {
  'service.queue.waits': (p: StepParams) => `Den som ringde väntar i kön ”${p.name}”.`,
  'service.queue.refused': (p: StepParams) => `Kön ”${p.name}” kunde inte ta emot samtalet.`,
  'service.queue.not-there': (p: StepParams) => `${p.number} leder till en kö som inte tar emot samtal.`,
  'service.queue.cut-circle': (p: StepParams) =>
    `Köer skickade den som ringde vidare till varandra, till sist till ”${p.name}”; samtalet avslutades.`,
  'service.queue.told': (p: StepParams) =>
    p.minutes === undefined
      ? `Den som ringde fick höra sin plats: ${p.position}.`
      : p.minutes === 'long'
        ? `Den som ringde fick höra sin plats, ${p.position}, och att väntetiden är mer än en halvtimme.`
        : p.minutes === 0
          ? `Den som ringde fick höra sin plats, ${p.position}, och att väntetiden är mindre än en minut.`
          : `Den som ringde fick höra sin plats, ${p.position}, och en väntetid på ungefär ${p.minutes} min.`,
  'service.queue.asked': (p: StepParams) => `Kön ”${p.queue}” frågade ${p.name}.`,
  'service.queue.declined': (p: StepParams) => `${p.name} avböjde.`,
  'service.queue.missed': (p: StepParams) => `${p.name} svarade inte i tid.`,
  'service.queue.failed': (p: StepParams) => `${p.name} gick inte att nå.`,
  'service.queue.back': (p: StepParams) =>
    `Agentens förbindelse bröts eller samtalet lämnades tillbaka: den som ringde väntar igen, först i kön ”${p.name}”.`,
  'service.queue.key': (p: StepParams) => `Den som ringde tryckte ${p.key}.`,
  'service.queue.call-back': (p: StepParams) => `Den som ringde behåller sin plats och rings upp på ${p.number}.`,
  'service.queue.call-back-begins': (p: StepParams) => `Kunden hade bett att bli uppringd på ${p.number}.`,
  'service.queue.message': (p: StepParams) => `Den som ringde valde att lämna ett meddelande till kön ”${p.name}”.`,
  'service.queue.sent-on': (p: StepParams) => `Kön ”${p.name}” skickade samtalet vidare till ${p.to}.`,
  'service.queue.goodbye': (p: StepParams) =>
    p.why === 'closed'
      ? `Kön ”${p.name}” var stängd, och den som ringde fick veta det.`
      : `Ingen i kön ”${p.name}” kunde ta samtalet, och den som ringde fick veta det.`,
  'service.queue.kept': () => 'Agenten är ansluten så länge hen är inloggad.',
  'service.queue.agent-refused': (p: StepParams) => `${p.name} kunde inte ändra sin status som agent.`,
  'service.queue.monitor-listen': (p: StepParams) => `Arbetsledaren lyssnade på ett samtal hos ${p.name}.`,
  'service.queue.monitor-whisper': (p: StepParams) => `Arbetsledaren talade med ${p.name} ensam.`,
  'service.queue.monitor-barge': (p: StepParams) => `Arbetsledaren gick in i ett samtal hos ${p.name}.`,
}
