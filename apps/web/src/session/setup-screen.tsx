import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import { ApiFault } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { Link } from '../app/link.tsx'
import { Button, Select, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { countriesIn, countryOf } from './countries.ts'
import { FaultBanner } from './fault-banner.tsx'
import { LoginFrame } from './login-frame.tsx'
import css from './login.module.css'
import { useIdentity } from './session-context.ts'

const shortestPassword = 8

/** The page behind the one-time set-up link. The token is in the fragment, which browsers do not send anywhere. */
export function Screen() {
  const { session: words } = useWords()
  const app = useApp()
  const { session } = useIdentity()
  const [form, setForm] = useState({
    company: '',
    country: countryOf(navigator.language),
    domain: '',
    login: '',
    displayName: '',
    password: '',
  })
  const drawn = useRef<HTMLFormElement>(null)
  const countries = useMemo(() => countriesIn(app.speech.language), [app.speech.language])
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
  // Whoever pressed the button is led to the first of what is to be mended.
  useEffect(() => {
    if (fault !== undefined) drawn.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [fault])
  const mistakeAt = (name: keyof typeof form): string | undefined => {
    if (!mistakes.some(({ path }) => path === `/${name}`)) return undefined
    const isShort = name === 'password' && form.password.length < shortestPassword
    return isShort ? words.passwordHint(shortestPassword) : words.setup.wrong[name]
  }
  const field = (
    name: keyof typeof form,
    { hint, ...more }: Partial<Parameters<typeof TextField>[0]> & { hint?: string } = {},
  ) => {
    const mistake = mistakeAt(name)
    return (
      <TextField
        label={words.setup[name]}
        value={form[name]}
        onChange={(value) => setForm({ ...form, [name]: value })}
        mistake={mistake}
        isRequired
        // What is wrong says as much as the hint.
        {...(hint !== undefined && mistake === undefined ? { hint } : {})}
        {...more}
      />
    )
  }
  return (
    <LoginFrame title={words.setup.title} lead={words.setup.lead}>
      <form ref={drawn} className={css.form} onSubmit={(event) => void submit(event)}>
        {field('company', { autoComplete: 'organization', autoFocus: true })}
        {countries.length === 0 ? (
          field('country', { hint: words.setup.countryHint, maxLength: 2, autoComplete: 'country' })
        ) : (
          <Select
            label={words.setup.country}
            choices={countries}
            value={form.country}
            onChange={(country) => setForm({ ...form, country })}
            mistake={mistakeAt('country')}
          />
        )}
        {field('domain', { hint: words.setup.domainHint, spellCheck: 'false' })}
        {field('displayName', { autoComplete: 'name' })}
        {field('login', { hint: words.setup.loginHint, autoComplete: 'username' })}
        {field('password', {
          hint: words.passwordHint(shortestPassword),
          type: 'password',
          autoComplete: 'new-password',
        })}
        {mistakes.length === 0 && <FaultBanner fault={fault} />}
        {fault instanceof ApiFault && fault.code === 'SETUP_NOT_POSSIBLE' && <Link to="/">{words.title}</Link>}
        <Button kind="primary" size="large" type="submit" isDisabled={isBusy}>
          {words.setup.done}
        </Button>
      </form>
    </LoginFrame>
  )
}
