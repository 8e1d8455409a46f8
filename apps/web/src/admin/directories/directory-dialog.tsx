import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog, Select, Switch, TextField } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useWords } from '../../words/use-words.ts'
import css from './directories.module.css'
import {
  bodyOf,
  changed,
  changeOf,
  type DirectoryForm,
  type ExternalDirectory,
  formOf,
  isReady,
  kinds,
  lists,
  type Presets,
  single,
  trialOf,
} from './directory-form.ts'
import { directorySentences } from './directory-sentences.ts'
import { type Tried, TriedResult } from './tried-result.tsx'

/** What has come below the edge is seen. */
const intoView = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'start' })

/** What is wrong with a field, where more can be said than that it is. */
const exactly: Readonly<Record<string, keyof typeof directorySentences>> = {
  '/filter': 'filterWrong',
  '/password': 'passwordWrong',
  '/bindDn': 'bindDnWrong',
  '/trusted': 'trustedWrong',
  '/pollMinutes': 'pollWrong',
}

/** A directory is connected or changed; its settings can be tried before they are kept. */
export function DirectoryDialog({
  directory,
  presets,
  onClose,
}: {
  readonly directory: ExternalDirectory | undefined
  readonly presets: Presets
  readonly onClose: () => void
}) {
  const { shell } = useWords()
  const { api, toasts } = useApp()
  const text = useText(directorySentences)
  const submit = useSubmit()
  const trial = useSubmit()
  const [form, setForm] = useState(() => formOf(directory, presets))
  const [tried, setTried] = useState<Tried>()
  const put = (change: Partial<DirectoryForm>) => {
    setForm(changed(form, change, presets))
    setTried(undefined)
  }
  const mistakeAt = (path: string) => {
    const mistake = submit.mistakeAt(path) ?? trial.mistakeAt(path)
    const sentence = exactly[path]
    return mistake !== undefined && sentence ? text(sentence) : mistake
  }
  const save = () =>
    submit.run(async () => {
      if (directory)
        await api.call('changeExternalDirectory', {
          params: { directoryId: directory.id },
          body: changeOf(form),
        })
      else await api.call('createExternalDirectory', { body: bodyOf(form) })
      toasts.show({ tone: 'good', text: text('saved', { name: form.name.trim() }) })
      onClose()
    })
  const test = () =>
    trial.run(async () => {
      setTried(undefined)
      setTried(await api.call('testExternalDirectory', { body: trialOf(form, directory) }))
    })
  const line = (field: 'name' | 'host' | 'bindDn' | 'base' | 'filter', path: string, hint?: string) => (
    <TextField
      label={text(field)}
      value={form[field]}
      onChange={(typed) => put({ [field]: typed })}
      mistake={mistakeAt(path)}
      autoComplete="off"
      {...(hint === undefined ? {} : { hint })}
    />
  )
  return (
    <Dialog
      title={directory ? text('edit', { name: directory.name }) : text('make')}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button isDisabled={trial.isBusy || !isReady(form)} onPress={test}>
            {text('test')}
          </Button>
          <Button kind="primary" isDisabled={submit.isBusy || !isReady(form) || form.name.trim() === ''} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <div className={css.fields}>
        {line('name', '/name', text('nameHint'))}
        <Select
          label={text('kind')}
          choices={kinds.map((id) => ({ id, label: text(`kind.${id}`) }))}
          value={form.kind}
          onChange={(kind) => put({ kind })}
        />
      </div>
      <Switch isOn={form.isOn} onChange={(isOn) => put({ isOn })}>
        {text('isOn')}
      </Switch>
      <fieldset className={css.group}>
        <legend>{text('where')}</legend>
        <div className={css.fields}>
          {line('host', '/server/host')}
          <Select
            label={text('security')}
            choices={(['tls', 'starttls', 'none'] as const).map((id) => ({ id, label: text(`security.${id}`) }))}
            value={form.security}
            onChange={(security) => put({ security })}
          />
          <TextField
            label={text('port')}
            inputMode="numeric"
            value={form.port}
            onChange={(typed) => put({ port: typed.replace(/\D/g, '') })}
            mistake={mistakeAt('/server/port')}
          />
        </div>
        {form.security === 'none' && <Banner tone="warn">{text('plain')}</Banner>}
        <div className={css.fields}>
          {line('bindDn', '/bindDn', text('bindDnHint'))}
          <TextField
            label={text('password')}
            type="password"
            autoComplete="new-password"
            value={form.password}
            onChange={(password) => put({ password })}
            mistake={mistakeAt('/password')}
            {...(directory?.hasPassword === true ? { hint: text('isSet') } : {})}
          />
        </div>
        {form.security !== 'none' && (
          <TextField
            isLong
            label={text('trusted')}
            hint={text('trustedHint')}
            value={form.trusted}
            onChange={(trusted) => put({ trusted })}
            mistake={mistakeAt('/trusted')}
          />
        )}
      </fieldset>
      <fieldset className={css.group}>
        <legend>{text('what')}</legend>
        <div className={css.fields}>
          {line('base', '/base')}
          <Select
            label={text('scope')}
            choices={(['subtree', 'level'] as const).map((id) => ({ id, label: text(`scope.${id}`) }))}
            value={form.scope}
            onChange={(scope) => put({ scope })}
          />
          <TextField
            label={text('pollMinutes')}
            hint={text('pollHint')}
            inputMode="numeric"
            value={form.pollMinutes}
            onChange={(typed) => put({ pollMinutes: typed.replace(/\D/g, '') })}
            mistake={mistakeAt('/pollMinutes')}
          />
        </div>
        {line('filter', '/filter')}
        <Switch isOn={form.skipsColleagues} onChange={(skipsColleagues) => put({ skipsColleagues })}>
          {text('skipsColleagues')}
        </Switch>
      </fieldset>
      <details className={css.group} open={form.kind === 'own' || mistakeAt('/mapping') !== undefined}>
        <summary>{text('mapping')}</summary>
        <div className={css.fields}>
          {[...single, ...lists].map((field) => (
            <TextField
              key={field}
              label={text(`map.${field}`)}
              value={form.mapping[field]}
              onChange={(typed) => put({ mapping: { ...form.mapping, [field]: typed } })}
              mistake={mistakeAt(`/mapping/${field}`) ?? mistakeAt(`/mapping/${field}/0`)}
              autoComplete="off"
              {...(field === 'name' ? { hint: text('commas') } : {})}
            />
          ))}
        </div>
      </details>
      {tried && (
        <div className={css.tried} ref={intoView}>
          <TriedResult tried={tried} />
        </div>
      )}
      {(submit.fault ?? trial.fault) !== undefined && (
        <Banner tone="bad" isLive>
          {submit.fault ?? trial.fault}
        </Banner>
      )}
    </Dialog>
  )
}
