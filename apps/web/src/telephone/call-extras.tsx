import { useApp } from '../app/use-app.ts'
import { IconButton } from '../look/index.ts'
import type { PhoneCall } from '../phone/phone-state.ts'
import type { PhoneViewModel } from '../phone/phone-view-model.ts'
import { whoOf } from '../phone/phone-words.ts'
import { useWords } from '../words/use-words.ts'
import { codeOf } from './code-text.ts'
import { useOwnPhones, useTelephoneFeatures } from './use-telephone.ts'

/** What a call of this browser can be given to beside people: a parking place, another device of the own. */
export function CallExtras({ call, phone }: { readonly call: PhoneCall; readonly phone: PhoneViewModel }) {
  const { telephone } = useWords()
  const { api, toasts, showFault } = useApp()
  const features = useTelephoneFeatures()
  const phones = useOwnPhones()
  const park = codeOf(features?.codes, 'park')
  const who = whoOf(call)
  return (
    <>
      {park !== undefined && (
        <IconButton
          icon="archive"
          label={`${telephone.park}: ${who}`}
          onPress={() => {
            phone.transfer(call.id, park).catch(showFault)
          }}
        />
      )}
      {codeOf(features?.codes, 'flip') !== undefined &&
        phones.map(({ id, label }) => (
          <IconButton
            key={id}
            icon="desk-phone"
            label={telephone.goOnAt(label)}
            onPress={() => {
              api
                .call('continueCall', { body: { deviceId: id } })
                .then(() => toasts.show({ tone: 'info', text: telephone.goOnRings(label) }), showFault)
            }}
          />
        ))}
    </>
  )
}
