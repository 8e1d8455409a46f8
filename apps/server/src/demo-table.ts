import type { Company, Directory } from '@vaxel/core'

/** What a newcomer needs to try the demo: addresses, people with their numbers and passwords, services. */
export function demoTable(directory: Directory, company: Company, urls: Readonly<Record<string, string>>): string {
  const domain = directory.domainsOf(company.id)[0]?.name ?? ''
  const direct = new Map<string, string>()
  for (const { number, target } of directory.numbersOf(company.id))
    if (target.kind === 'user' && number.startsWith('+')) direct.set(target.userId, number)
  const people = directory
    .usersOf(company.id)
    .toSorted((a, b) => (a.extension ?? '').localeCompare(b.extension ?? ''))
    .map((user) => [
      user.extension ?? '',
      direct.get(user.id) ?? '',
      user.displayName,
      `${user.name}@${domain}`,
      `demo-${user.extension}`,
      `sip-${user.extension}`,
      user.role === 'user' ? '' : user.role,
    ])
  const services = [
    ['230', 'hunt group'],
    ['300', 'queue: 211 to 215 answer it once they log in as agents'],
    ['400', 'conference'],
    ['500', 'a rule: a menu in office hours, else a message'],
    ['600', 'echo test'],
    ['700', 'voicemail: takes what people do not answer'],
  ]
  return [
    `${company.name}, SIP domain ${domain}`,
    '',
    ...table(Object.entries(urls).map(([what, url]) => [what, url])),
    '',
    ...table([['number', 'direct number', 'name', 'web login', 'web password', 'SIP password', ''], ...people]),
    '',
    ...table(services),
  ].join('\n')
}

/** Columns padded to the widest cell. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, [...cell].length)))
  return rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  )
}
