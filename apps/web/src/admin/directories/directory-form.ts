import type { ReplyOf, RequestOf } from '../../api/api.ts'

type Listed = ReplyOf<'listExternalDirectories'>
export type ExternalDirectory = Listed['items'][number]
export type Presets = Listed['presets']
type Body = RequestOf<'createExternalDirectory'>['body']
type Mapping = Body['mapping']
type Security = Body['server']['security']

export const kinds = ['activeDirectory', 'openLdap', 'own'] as const
export type Kind = (typeof kinds)[number]
/** Attributes that say one thing each, and those of which several may say it. */
export const single = ['id', 'marker', 'photo'] as const
export const lists = [
  'name',
  'organisation',
  'title',
  'department',
  'location',
  'email',
  'work',
  'mobile',
  'home',
  'fax',
] as const

/** What is typed into the form of a directory. */
export interface DirectoryForm {
  readonly name: string
  readonly isOn: boolean
  readonly kind: Kind
  readonly host: string
  readonly port: string
  readonly security: Security
  readonly trusted: string
  readonly bindDn: string
  readonly password: string
  readonly base: string
  readonly scope: Body['scope']
  readonly filter: string
  readonly pollMinutes: string
  readonly skipsColleagues: boolean
  /** Names with commas between them. */
  readonly mapping: Readonly<Record<(typeof single)[number] | (typeof lists)[number], string>>
}

/** RFC 4516, and ldaps as it is used everywhere. */
const ports = { tls: '636', starttls: '389', none: '389' } as const

const textsOf = (mapping: Mapping): DirectoryForm['mapping'] => ({
  id: mapping.id,
  marker: mapping.marker ?? '',
  photo: mapping.photo ?? '',
  ...(Object.fromEntries(lists.map((field) => [field, mapping[field].join(', ')])) as Record<
    (typeof lists)[number],
    string
  >),
})

export function formOf(directory: ExternalDirectory | undefined, presets: Presets): DirectoryForm {
  const preset = presets.activeDirectory
  return {
    name: directory?.name ?? '',
    isOn: directory?.isOn ?? true,
    kind: directory ? kindOf(directory, presets) : 'activeDirectory',
    host: directory?.server.host ?? '',
    port: String(directory?.server.port ?? 636),
    security: directory?.server.security ?? 'tls',
    trusted: directory?.trusted ?? '',
    bindDn: directory?.bindDn ?? '',
    password: '',
    base: directory?.base ?? '',
    scope: directory?.scope ?? 'subtree',
    filter: directory?.filter ?? preset.filter,
    pollMinutes: String(directory?.pollMinutes ?? 15),
    skipsColleagues: directory?.skipsColleagues ?? true,
    mapping: textsOf(directory?.mapping ?? preset.mapping),
  }
}

function kindOf({ mapping }: Pick<Body, 'mapping'>, presets: Presets): Kind {
  const texts = JSON.stringify(textsOf(mapping))
  for (const kind of ['activeDirectory', 'openLdap'] as const)
    if (texts === JSON.stringify(textsOf(presets[kind].mapping))) return kind
  return 'own'
}

/** The form after a change: the port follows the encryption as long as it is the usual one, filter and attributes the kind. */
export function changed(form: DirectoryForm, change: Partial<DirectoryForm>, presets: Presets): DirectoryForm {
  const next = { ...form, ...change }
  const isUsual = form.port === ports[form.security] && change.port === undefined
  const preset = change.kind === undefined || change.kind === 'own' ? undefined : presets[change.kind]
  return {
    ...next,
    ...(isUsual ? { port: ports[next.security] } : {}),
    ...(preset ? { filter: preset.filter, mapping: textsOf(preset.mapping) } : {}),
    ...(change.mapping ? { kind: 'own' as const } : {}),
  }
}

/** Whether enough is typed to ask the server. */
export const isReady = ({ host, port, filter }: DirectoryForm): boolean =>
  host.trim() !== '' && port !== '' && filter.trim() !== ''

const split = (text: string): string[] => text.split(/[\s,;]+/).filter((one) => one !== '')

/** What is asked of the server that is named. */
function settingsOf(form: DirectoryForm) {
  const { mapping } = form
  const [trusted, bindDn, marker, photo] = [form.trusted, form.bindDn, mapping.marker, mapping.photo].map((text) =>
    text.trim(),
  )
  return {
    server: { host: form.host.trim(), port: Number(form.port), security: form.security },
    ...(trusted ? { trusted } : {}),
    ...(bindDn ? { bindDn } : {}),
    base: form.base.trim(),
    scope: form.scope,
    filter: form.filter.trim(),
    mapping: {
      id: mapping.id.trim(),
      ...(marker ? { marker } : {}),
      ...(photo ? { photo } : {}),
      ...(Object.fromEntries(lists.map((field) => [field, split(mapping[field])])) as Pick<
        Mapping,
        (typeof lists)[number]
      >),
    },
    ...(form.password === '' ? {} : { password: form.password }),
  }
}

export function bodyOf(form: DirectoryForm): Body {
  return {
    name: form.name.trim(),
    isOn: form.isOn,
    ...settingsOf(form),
    pollMinutes: Number(form.pollMinutes),
    skipsColleagues: form.skipsColleagues,
  }
}

/** A change: what is not there any more is taken away (RFC 7396); without a login there is no password. */
export function changeOf(form: DirectoryForm): RequestOf<'changeExternalDirectory'>['body'] {
  const hasLogin = form.bindDn.trim() !== ''
  return { trusted: null, bindDn: null, ...(hasLogin ? {} : { password: null }), ...bodyOf(form) }
}

export const trialOf = (
  form: DirectoryForm,
  directory: ExternalDirectory | undefined,
): RequestOf<'testExternalDirectory'>['body'] => ({
  ...settingsOf(form),
  ...(directory && form.bindDn.trim() !== '' ? { directoryId: directory.id } : {}),
})
