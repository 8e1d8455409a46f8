import { Link } from '../app/link.tsx'
import { Card, Quiet } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { ForwardingForm } from './forwarding-form.tsx'

/** Where my calls go. */
export function Section() {
  const { settings } = useWords()
  return (
    <>
      <ForwardingForm />
      <Card title={settings.voicemail} tools={<Link to="/settings/voicemail">{settings.voicemailOpen}</Link>}>
        <Quiet>{settings.voicemailLater}</Quiet>
      </Card>
    </>
  )
}
