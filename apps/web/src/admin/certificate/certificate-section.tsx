import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp, useMe } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import {
  Badge,
  Banner,
  Button,
  Card,
  Line,
  Page,
  Quiet,
  Stack,
  Tabs,
  Terms,
  TextField,
  useQuestion,
} from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { wordsOf } from '../trunks/trunk-draft.ts'

type Certificate = ReplyOf<'readCertificate'>

const letsEncrypt = 'https://acme-v02.api.letsencrypt.org/directory'

/** The server's certificate, where it comes from, and how phones and computers come to trust it. */
export function Section() {
  const words = useWords()
  const { certificate: texts, sections } = words.admin
  const format = useFormat()
  const { api } = useApp()
  const { isOperator } = useMe()
  const [certificate, setCertificate] = useState<Certificate>()
  const [fault, setFault] = useState<string>()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const load = useCallback(() => {
    api.call('readCertificate').then(setCertificate, (error: unknown) => setFault(faultText(words, error)))
  }, [api, words])
  useEffect(load, [load])
  return (
    <Page title={sections.certificate}>
      {dialog}
      {fault && <Banner tone="bad">{fault}</Banner>}
      {certificate && (
        <Card
          title={certificate.subject}
          tools={
            isOperator &&
            certificate.source !== 'own' && (
              <Button
                onPress={() =>
                  ask({
                    title: texts.useOwn,
                    text: texts.useOwnAsk,
                    yes: texts.useOwn,
                    isDanger: true,
                    run: async () => {
                      await api.call('useOwnCertificate')
                      load()
                    },
                  })
                }
              >
                {texts.useOwn}
              </Button>
            )
          }
        >
          <Terms
            items={[
              [texts.source, <Badge key="source">{texts.sources[certificate.source]}</Badge>],
              [texts.issuer, certificate.issuer],
              [texts.names, certificate.names.join(', ')],
              [texts.until, format.date(Date.parse(certificate.validTo))],
              [texts.fingerprint, <code key="fingerprint">{certificate.fingerprint}</code>],
            ]}
          />
          {certificate.acme?.fault && <Banner tone="warn">{certificate.acme.fault.text}</Banner>}
        </Card>
      )}
      <Trust />
      {isOperator && certificate && (
        <>
          <Order certificate={certificate} onOrdered={setCertificate} />
          <Upload onUploaded={setCertificate} />
        </>
      )}
    </Page>
  )
}

/** How the root is brought to each system. */
function Trust() {
  const { certificate: texts } = useWords().admin
  const [system, setSystem] = useState('windows')
  const steps = (text: string) => <p>{text}</p>
  return (
    <Card title={texts.trust} tools={<a href="/vaxel-root.crt">{texts.download}</a>}>
      <Quiet>{texts.trustHint}</Quiet>
      <Tabs
        label={texts.trust}
        chosen={system}
        onChoose={setSystem}
        pages={[
          { id: 'windows', label: 'Windows', content: steps(texts.steps.windows) },
          { id: 'mac', label: 'macOS', content: steps(texts.steps.mac) },
          { id: 'linux', label: 'Linux', content: steps(texts.steps.linux) },
          { id: 'ios', label: 'iPhone, iPad', content: steps(texts.steps.ios) },
          { id: 'android', label: 'Android', content: steps(texts.steps.android) },
          { id: 'firefox', label: 'Firefox', content: steps(texts.steps.firefox) },
        ]}
      />
    </Card>
  )
}

function Order({
  certificate,
  onOrdered,
}: {
  readonly certificate: Certificate
  readonly onOrdered: (made: Certificate) => void
}) {
  const { admin } = useWords()
  const { certificate: texts } = admin
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [directoryUrl, setDirectoryUrl] = useState(certificate.acme?.directoryUrl ?? letsEncrypt)
  const [names, setNames] = useState(certificate.acme?.names.join(' ') ?? '')
  const [email, setEmail] = useState(certificate.acme?.email ?? '')
  const order = () =>
    submit.run(async () => {
      const body = { directoryUrl, names: wordsOf(names.toLowerCase()), ...(email === '' ? {} : { email }) }
      onOrdered(await api.call('orderCertificate', { body }))
      toasts.show({ tone: 'good', text: texts.inUse })
    })
  return (
    <Card title={texts.order}>
      <Quiet>{texts.orderHint}</Quiet>
      <Stack>
        <TextField
          label={texts.directory}
          value={directoryUrl}
          onChange={setDirectoryUrl}
          mistake={submit.mistakeAt('/directoryUrl')}
        />
        <TextField
          label={texts.orderNames}
          hint={texts.orderNamesHint}
          value={names}
          onChange={setNames}
          mistake={submit.mistakeAt('/names')}
        />
        <TextField
          label={texts.email}
          hint={texts.emailHint}
          type="email"
          value={email}
          onChange={setEmail}
          mistake={submit.mistakeAt('/email')}
        />
        {submit.fault && (
          <Banner tone="bad" isLive>
            {submit.fault}
          </Banner>
        )}
        <Line>
          <Button kind="primary" isDisabled={submit.isBusy || names.trim() === ''} onPress={order}>
            {texts.orderNow}
          </Button>
        </Line>
      </Stack>
    </Card>
  )
}

function Upload({ onUploaded }: { readonly onUploaded: (made: Certificate) => void }) {
  const { certificate: texts } = useWords().admin
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [certificate, setCertificate] = useState('')
  const [key, setKey] = useState('')
  const upload = () =>
    submit.run(async () => {
      onUploaded(await api.call('uploadCertificate', { body: { certificate, key } }))
      setKey('')
      toasts.show({ tone: 'good', text: texts.inUse })
    })
  return (
    <Card title={texts.upload}>
      <Stack>
        <TextField
          label={texts.pem}
          hint={texts.pemHint}
          isLong
          value={certificate}
          onChange={setCertificate}
          mistake={submit.mistakeAt('/certificate')}
        />
        <TextField
          label={texts.key}
          hint={texts.keyHint}
          isLong
          value={key}
          onChange={setKey}
          mistake={submit.mistakeAt('/key')}
          autoComplete="off"
        />
        {submit.fault && (
          <Banner tone="bad" isLive>
            {submit.fault}
          </Banner>
        )}
        <Line>
          <Button isDisabled={submit.isBusy || certificate === '' || key === ''} onPress={upload}>
            {texts.upload}
          </Button>
        </Line>
      </Stack>
    </Card>
  )
}
