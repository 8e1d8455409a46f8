import Type from 'typebox'
import { FileInfected, FileTooLarge, NoSpaceLeft, TooFast, WrongPlaceInFile } from '../chat-errors.ts'
import { ChatFile } from '../objects/chat.ts'
import { Closed, Id, Text } from '../objects/common.ts'
import { operation } from '../operation.ts'
import { ReplyFile, SentBytes } from '../sent-bytes.ts'

const tag = 'chat'
const path = '/api/v1/conversations/{conversationId}/files'
const one = { conversationId: Id('The conversation.') }
const file = { ...one, fileId: Id('The file.') }

/** The largest piece of a file that is taken at once. */
export const mostPieceBytes = 1024 * 1024

const Upload = Closed(
  {
    id: Id('The file.'),
    uploadedBytes: Type.Integer({ minimum: 0, description: 'What has arrived; send what comes after it.' }),
    file: Type.Optional(ChatFile),
  },
  { title: 'ChatUpload', description: 'With `file`, it is whole and can go with a message.' },
)

export const beginChatFile = operation({
  id: 'beginChatFile',
  method: 'POST',
  path,
  tag,
  summary: 'Begin to send a file',
  description:
    'Then send its bytes in pieces, in order. What is not whole after an hour, and what no message takes within a day, is removed.',
  access: 'user',
  params: one,
  body: Closed({
    name: Text(255, 'Its name; a path before it is left out.'),
    sizeBytes: Type.Integer({ minimum: 1, maximum: 2 ** 31, description: 'Of the whole file.' }),
  }),
  status: 201,
  reply: Upload,
  errors: [FileTooLarge, NoSpaceLeft, TooFast],
})

export const sendChatFilePiece = operation({
  id: 'sendChatFilePiece',
  method: 'PUT',
  path: `${path}/{fileId}`,
  tag,
  summary: 'Send a piece of a file',
  description: 'The last piece makes it whole. After a lost connection, ask how much has arrived.',
  access: 'user',
  params: file,
  query: { offset: Type.Integer({ minimum: 0, maximum: 2 ** 31, description: 'Bytes before this piece.' }) },
  body: SentBytes(mostPieceBytes, 'At most 1 MiB; 65,536 bytes or a multiple of that, but for the last piece.'),
  bodyLimitBytes: mostPieceBytes,
  reply: Upload,
  errors: [WrongPlaceInFile, FileInfected],
})

export const readChatUpload = operation({
  id: 'readChatUpload',
  method: 'GET',
  path: `${path}/{fileId}/state`,
  tag,
  summary: 'How much of a file has arrived',
  access: 'user',
  params: file,
  reply: Upload,
})

export const readChatFile = operation({
  id: 'readChatFile',
  method: 'GET',
  path: `${path}/{fileId}`,
  tag,
  summary: 'A file, whole or a range of it',
  description:
    'Pictures, sound and video come as what they are; everything else as `application/octet-stream` to be saved, so that no page and no program of somebody else runs here. `?save=true` saves any of them.',
  access: 'user',
  params: file,
  query: { save: Type.Optional(Type.Boolean({ description: 'To be saved, not shown.' })) },
  reply: ReplyFile(),
})
