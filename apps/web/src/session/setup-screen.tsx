import { type FormEvent, useState } from 'react'
import { ApiFault } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { Button, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { FaultBanner } from './fault-banner.tsx'
import { LoginFrame } from './login-frame.tsx'
import css from './login.module.css'
import { useIdentity } from './session-context.ts'

/** The page behind the one-time set-up link. The token is in the fragment, which browsers do not send anywhere. */
export function Screen() {
  const { session: words } = useWords()
  const app = useApp()
  const { session } = useIdentity()
  const [form, setForm] = useState({ company: '', country: 'SE', domain: '', login: '', displayName: '', password: '' })
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFault(undefined)
    try {
      const token = location.hash.slice(1)
      const body = {
        ...form,
        country: form.country.toUpperCase(),
        domain: form.domain.toLowerCase(),
        login: form.login.toLowerCase(),
        token: token === '' ? '-' : token,
        cookie: true,
      }
      const { me } = await app.api.call('setUp', { body })
      app.router.replace('/')
      session.entered(me)
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  const mistakes = fault instanceof ApiFault ? fault.mistakes : []
  const field = (name: keyof typeof form, more: Partial<Parameters<typeof TextField>[0]> = {}) => (
    <TextField
      label={words.setup[name]}
      value={form[name]}
      onChange={(value) => setForm({ ...form, [name]: value })}
      mistake={mistakes.some(({ path }) => path === `/${name}`) ? words.setup.wrong[name] : undefined}
      isRequired
      {...more}
    />
  )
  return (
    <LoginFrame title={words.setup.title} lead={words.setup.lead}>
      <form className={css.form} onSubmit={(event) => void submit(event)}>
        {field('company', { autoComplete: 'organization', autoFocus: true })}
        {field('country', { hint: words.setup.countryHint, maxLength: 2, autoComplete: 'country' })}
        {field('domain', { hint: words.setup.domainHint, spellCheck: 'false' })}
        {field('displayName', { autoComplete: 'name' })}
        {field('login', { hint: words.setup.loginHint, autoComplete: 'username' })}
        {field('password', { hint: words.passwordHint(8), type: 'password', autoComplete: 'new-password' })}
        {mistakes.length === 0 && <FaultBanner fault={fault} />}
        <Button kind="primary" size="large" type="submit" isDisabled={isBusy}>
          {words.setup.done}
        </Button>
      </form>
    </LoginFrame>
  )
}
