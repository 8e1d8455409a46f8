import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Quiet } from '../look/index.ts'
import { LateSelect } from '../look/late-select.tsx'
import { useWords } from '../words/use-words.ts'
import { callWith, deskDevice } from './desk-device.ts'
import { useOwnPhones } from './use-telephone.ts'

const here = 'here'

/** With what is called from this browser: its own telephone, or a desk phone that it controls. */
export function CallWith() {
  const { telephone } = useWords()
  const app = useApp()
  const device = useValue(deskDevice)
  const phones = useOwnPhones()
  if (phones.length === 0 && device === undefined) return null
  return (
    <>
      <LateSelect
        label={telephone.callWith}
        choices={[{ id: here, label: telephone.thisBrowser }, ...phones.map(({ id, label }) => ({ id, label }))]}
        value={device ?? here}
        isDisabled={app.services.isInCall?.() ?? false}
        onChange={(id) => callWith(app, id === here ? undefined : id)}
      />
      {device !== undefined && <Quiet>{telephone.deskHolds}</Quiet>}
    </>
  )
}
