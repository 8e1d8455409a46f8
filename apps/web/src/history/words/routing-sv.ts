import type { routingEn } from './routing-en.ts'

const passed: Readonly<Record<string, string>> = {
  caller: 'ringde själv',
  asked: 'hade redan tillfrågats',
  loggedOut: 'tar inte emot gruppens samtal just nu',
  unreachable: 'har ingen telefon registrerad',
  busy: 'talade i telefon',
  doNotDisturb: 'ville inte bli störd',
}

export const routingSv: typeof routingEn = {
  'route.member-passed': (p) =>
    `${p.name} tillfrågades inte${p.group ? ` för ${p.group}` : ''}: ${passed[p.why ?? ''] ?? 'kunde inte tillfrågas'}.`,
  'route.group-order': (p) =>
    p.mode === 'random'
      ? `${p.name} tillfrågades en i taget, genom lottning: ${p.members}.`
      : p.mode === 'longestIdle'
        ? `${p.name} tillfrågades en i taget, den som varit ledig längst först: ${p.members}.`
        : `${p.name} tillfrågades en i taget: ${p.members}.`,
  'route.shared-line': (p) => `${p.number} är linjen ${p.name} på ${p.count} personers telefoner.`,
  'route.line-busy': (p) => `Någon talade på linjen ${p.name}, så det var upptaget.`,
  'route.rule-fits': (p) => `Regeln ”${p.rule}” hos ${p.name} passade in på samtalet.`,
  'route.let-through': (p) => `Enligt regeln ”${p.rule}” kom samtalet fram till ${p.name}.`,
  'route.refused-by-rule': (p) => `Enligt regeln ”${p.rule}” tar ${p.name} inte emot det här samtalet.`,
  'route.profile': (p) => `${p.name} var i profilen ”${p.profile}”.`,
  'route.filter': (p) =>
    p.mode === 'together'
      ? `Samtal till ${p.name} ringer även hos assistenterna.`
      : p.mode === 'only'
        ? `Samtal till ${p.name} går bara till assistenterna.`
        : `Samtal till ${p.name} går först till assistenterna, i ${p.seconds} s.`,
  'route.filter-passed': (p) =>
    p.why === 'assistant'
      ? `En assistent till ${p.name} ringde, så samtalet gick förbi assistenterna.`
      : p.why === 'allowed'
        ? `Den som ringde får nå ${p.name} förbi assistenterna.`
        : `Ingen assistent till ${p.name} kunde ta emot samtal, så ${p.name} tillfrågades.`,
  'route.short-dial': (p) =>
    p.name === p.to ? `${p.number} står för ${p.to}.` : `${p.number} står för ${p.name} (${p.to}).`,
}
