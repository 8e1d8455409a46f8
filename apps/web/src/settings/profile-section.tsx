import { useEffect, useState } from 'react'
import { useApp, useMe } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Card, Select, Terms, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { type Language, languages } from '../words/words.ts'
import css from './settings.module.css'
import { useMySettings } from './use-my-settings.ts'

/** Who I am here, my numbers, my language, how long it rings. */
export function Section() {
  const { settings: texts, shell } = useWords()
  const { user, company } = useMe()
  const { speech, toasts, showFault } = useApp()
  const { settings, change } = useMySettings()
  const submit = useSubmit()
  const [ringSeconds, setRingSeconds] = useState('')
  useEffect(() => {
    if (settings) setRingSeconds(String(settings.ringSeconds))
  }, [settings])
  if (!settings) return null
  const choose = (language: Language) => {
    change({ language })
      .then(() => speech.choose(language))
      .catch(showFault)
  }
  const save = () =>
    submit.run(async () => {
      await change({ ringSeconds: Number(ringSeconds) })
      toasts.show({ tone: 'good', text: texts.saved })
    })
  return (
    <>
      <Card title={user.displayName}>
        <Terms
          items={[
            [texts.company, company.name],
            [texts.login, user.login],
            [texts.extension, settings.extension ?? '–'],
            [texts.directNumbers, settings.numbers.length > 0 ? settings.numbers.join(', ') : '–'],
          ]}
        />
      </Card>
      <Card title={texts.language}>
        <Select
          label={texts.languageOf}
          hint={texts.languageHint}
          value={settings.language}
          onChange={choose}
          choices={languages.map(({ id, name }) => ({ id, label: name }))}
        />
      </Card>
      <Card title={texts.ringing}>
        <div className={css.fields}>
          <TextField
            label={texts.ringSeconds}
            hint={texts.ringHint}
            value={ringSeconds}
            onChange={(text) => setRingSeconds(text.replace(/\D/g, ''))}
            inputMode="numeric"
            mistake={submit.mistakeAt('/ringSeconds')}
          />
        </div>
        {submit.fault && (
          <Banner tone="bad" isLive>
            {submit.fault}
          </Banner>
        )}
        <div className={css.foot}>
          <Button kind="primary" isDisabled={submit.isBusy || ringSeconds === ''} onPress={save}>
            {shell.save}
          </Button>
        </div>
      </Card>
    </>
  )
}
