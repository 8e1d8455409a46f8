import type { routingEn } from './routing-en.ts'

const passed: Readonly<Record<string, string>> = {
  caller: 'c’est de là que venait l’appel',
  asked: 'l’appel y était déjà passé',
  loggedOut: 'ne prend pas les appels du groupe pour le moment',
  unreachable: 'aucun téléphone enregistré',
  busy: 'en ligne',
  doNotDisturb: 'ne voulait pas être dérangé',
}

export const routingFr: typeof routingEn = {
  'route.member-passed': (p) =>
    `${p.name} n’a pas été sollicité${p.group ? ` pour ${p.group}` : ''} : ${passed[p.why ?? ''] ?? 'injoignable'}.`,
  'route.group-order': (p) =>
    p.mode === 'random'
      ? `${p.name} a été sollicité l’un après l’autre, au hasard : ${p.members}.`
      : p.mode === 'longestIdle'
        ? `${p.name} a été sollicité l’un après l’autre, d’abord qui n’avait pas parlé depuis le plus longtemps : ${p.members}.`
        : `${p.name} a été sollicité l’un après l’autre : ${p.members}.`,
  'route.shared-line': (p) => `Le ${p.number} est la ligne ${p.name}, sur les téléphones de ${p.count} personnes.`,
  'route.line-busy': (p) => `Quelqu’un parlait sur la ligne ${p.name} : elle était occupée.`,
  'route.rule-fits': (p) => `La règle « ${p.rule} » de ${p.name} s’appliquait à l’appel.`,
  'route.let-through': (p) => `Selon la règle « ${p.rule} », l’appel est passé jusqu’à ${p.name}.`,
  'route.refused-by-rule': (p) => `Selon la règle « ${p.rule} », ${p.name} ne prend pas cet appel.`,
  'route.profile': (p) => `${p.name} était dans le profil « ${p.profile} ».`,
  'route.filter': (p) =>
    p.mode === 'together'
      ? `Les appels pour ${p.name} sonnent aussi chez ses assistants.`
      : p.mode === 'only'
        ? `Les appels pour ${p.name} vont uniquement à ses assistants.`
        : `Les appels pour ${p.name} vont d’abord à ses assistants, pendant ${p.seconds} s.`,
  'route.filter-passed': (p) =>
    p.why === 'assistant'
      ? `Un assistant de ${p.name} appelait : l’appel n’est pas passé par les assistants.`
      : p.why === 'allowed'
        ? `L’appelant peut joindre ${p.name} sans passer par les assistants.`
        : `Aucun assistant de ${p.name} ne pouvait prendre d’appels : ${p.name} a été sollicité.`,
  'route.short-dial': (p) =>
    p.name === p.to ? `Le ${p.number} remplace le ${p.to}.` : `Le ${p.number} remplace ${p.name} (${p.to}).`,
}
