import { Link } from '../app/link.tsx'
import { useApp, useMe } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Button, Icon, IconButton } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useFormat } from '../words/use-words.ts'
import css from './emergency.module.css'
import type { EmergencyCall, EmergencyModel } from './emergency-model.ts'
import { sentences } from './emergency-words.ts'

/** Above every page until somebody looks after it, and read aloud at once. */
export function EmergencyAlerts({ model }: { readonly model: EmergencyModel }) {
  const calls = useValue(model.open)
  const text = useText(sentences)
  return (
    <section className={css.alerts} aria-label={text('title')} role="alert">
      {calls.map((call) => (
        <Alert key={call.callId} call={call} model={model} />
      ))}
    </section>
  )
}

function Alert({ call, model }: { readonly call: EmergencyCall; readonly model: EmergencyModel }) {
  const { clock, showFault } = useApp()
  const me = useMe()
  const text = useText(sentences)
  const format = useFormat()
  const { callId, caller, dialled, at, isRefused } = call
  const who = caller.name === undefined ? caller.number : `${caller.name} (${caller.number})`
  return (
    <div className={css.alert}>
      <Icon name="warning" size={28} />
      <div className={css.what}>
        <strong>
          {text('called', { who, number: dialled })} · {format.moment(Date.parse(at), clock.nowMs())}
        </strong>
        <span>{whereOf(call, text)}</span>
        {isRefused && <span>{text('notReached')}</span>}
        <div className={css.buttons}>
          <Button kind="primary" onPress={() => void model.take(callId).catch(showFault)}>
            {text('take')}
          </Button>
          {me.user.role !== 'attendant' && (
            <Link to={`/calls/${callId}`} className={css.link}>
              {text('story')}
            </Link>
          )}
        </div>
      </div>
      <IconButton icon="close" size="small" label={text('hide')} onPress={() => model.hide(callId)} />
    </div>
  )
}

/** By the network that the telephone is in, else by the directory, which knows only where somebody usually is. */
function whereOf({ site, location, device }: EmergencyCall, text: ReturnType<typeof useText<keyof typeof sentences>>) {
  const usually = location === undefined ? text('nowhere') : text('usually', { place: location })
  const where = site ? text('where', { place: site.name }) : usually
  return device === undefined ? where : `${where}, ${text('device', { device })}`
}
