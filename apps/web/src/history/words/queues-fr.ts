import type { StepParams } from '../step-params.ts'

/** What queues did with a call. */
export const queuesFr = {
  'service.queue.waits': (p: StepParams) => `L’appelant attend dans la file « ${p.name} ».`,
  'service.queue.refused': (p: StepParams) => `La file « ${p.name} » n’a pas pu prendre l’appel.`,
  'service.queue.not-there': (p: StepParams) => `${p.number} mène à une file qui ne prend pas d’appels.`,
  'service.queue.cut-circle': (p: StepParams) =>
    `Des files se sont renvoyé l’appel, enfin à « ${p.name} » ; l’appel a été terminé.`,
  'service.queue.told': (p: StepParams) =>
    p.minutes === undefined
      ? `L’appelant a entendu sa position : ${p.position}.`
      : p.minutes === 'long'
        ? `L’appelant a entendu sa position, ${p.position}, et que l’attente dépasse une demi-heure.`
        : p.minutes === 0
          ? `L’appelant a entendu sa position, ${p.position}, et que l’attente est de moins d’une minute.`
          : `L’appelant a entendu sa position, ${p.position}, et une attente d’environ ${p.minutes} min.`,
  'service.queue.asked': (p: StepParams) => `La file « ${p.queue} » a sollicité ${p.name}.`,
  'service.queue.declined': (p: StepParams) => `${p.name} a refusé.`,
  'service.queue.missed': (p: StepParams) => `${p.name} n’a pas répondu à temps.`,
  'service.queue.failed': (p: StepParams) => `${p.name} n’a pas pu être joint.`,
  'service.queue.back': (p: StepParams) =>
    `La ligne de l’agent a été coupée ou l’appel a été rendu : l’appelant attend de nouveau, premier de la file « ${p.name} ».`,
  'service.queue.key': (p: StepParams) => `L’appelant a appuyé sur ${p.key}.`,
  'service.queue.call-back': (p: StepParams) => `L’appelant garde sa place et sera rappelé au ${p.number}.`,
  'service.queue.call-back-begins': (p: StepParams) => `Le client avait demandé à être rappelé au ${p.number}.`,
  'service.queue.message': (p: StepParams) => `L’appelant a choisi de laisser un message à la file « ${p.name} ».`,
  'service.queue.sent-on': (p: StepParams) => `La file « ${p.name} » a renvoyé l’appel vers ${p.to}.`,
  'service.queue.goodbye': (p: StepParams) =>
    p.why === 'closed'
      ? `La file « ${p.name} » était fermée, et l’appelant en a été informé.`
      : `Personne de la file « ${p.name} » ne pouvait prendre l’appel, et l’appelant en a été informé.`,
  'service.queue.kept': () => 'L’agent reste en ligne tant qu’il est connecté.',
  'service.queue.agent-refused': (p: StepParams) => `${p.name} n’a pas pu changer son état d’agent.`,
  'service.queue.monitor-listen': (p: StepParams) => `Le superviseur a écouté un appel de ${p.name}.`,
  'service.queue.monitor-whisper': (p: StepParams) => `Le superviseur a parlé à ${p.name} seul.`,
  'service.queue.monitor-barge': (p: StepParams) => `Le superviseur est entré dans un appel de ${p.name}.`,
}
