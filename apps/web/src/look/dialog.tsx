import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import css from './controls.module.css'
import { useWords } from '../words/use-words.ts'

export interface DialogProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons, the one that does it last. */
  readonly foot?: ReactNode
  readonly isWide?: boolean
  /** It must be answered: neither Escape nor a click beside it closes it. */
  readonly isUrgent?: boolean
}

/** Something that wants an answer first. The focus goes in, stays in and comes back. */
export function Dialog({ title, isOpen, onClose, children, foot, isWide, isUrgent = false }: DialogProps) {
  const { shell } = useWords()
  const dialog = useRef<HTMLElement>(null)
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isUrgent}
      isKeyboardDismissDisabled={isUrgent}
      className={css.veil!}
    >
      <Modal className={classNames(css.dialog, isWide && css.wide)}>
        <AriaDialog ref={dialog} role={isUrgent ? 'alertdialog' : 'dialog'} className={css.tabs!}>
          <div className={css.dialogHead}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {!isUrgent && <IconButton icon="close" label={shell.close} onPress={onClose} />}
          </div>
          {children}
          <FocusInside dialog={dialog} />
          {foot && <div className={css.dialogFoot}>{foot}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

const field = ['input', 'textarea', 'select'].map((tag) => `${tag}:not([readonly]):not([disabled])`).join()

/**
 * A dialog over another one: where nothing moves on the screen (people may ask for that), the one below takes the focus back at once and then becomes
 * inert, and whoever types on would type into nothing.
 */
function FocusInside({ dialog }: { readonly dialog: RefObject<HTMLElement | null> }) {
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const { current } = dialog
      if (!current || current.contains(document.activeElement) || current.closest('[inert]')) return
      ;(current.querySelector<HTMLElement>(field) ?? current).focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [dialog])
  return null
}
