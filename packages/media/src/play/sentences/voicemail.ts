import type { Sentences } from './sentence.ts'

/** What voicemail says: to callers who leave a message, and to people who listen to theirs. */
export const voicemailSentences: Sentences = {
  // Who was called: a recorded name, or one of these and the digits; then why nobody answers.
  'voicemail-extension': { en: 'Extension', sv: 'Anknytning', fr: 'Le poste' },
  'voicemail-cannot-answer': {
    en: 'cannot take your call right now.',
    sv: 'kan inte ta emot ditt samtal just nu.',
    fr: 'ne peut pas prendre votre appel pour le moment.',
  },
  'voicemail-is-busy': {
    en: 'is on another call.',
    sv: 'är upptagen i ett annat samtal.',
    fr: 'est déjà en communication.',
  },
  'voicemail-no-answer': { en: 'does not answer.', sv: 'svarar inte.', fr: 'ne répond pas.' },
  'voicemail-away-until': { en: 'is away until', sv: 'är borta till', fr: 'est absent jusqu’au' },
  'voicemail-holiday': {
    en: 'is not here today, because of the public holiday.',
    sv: 'är inte här idag eftersom det är helgdag.',
    fr: 'est absent aujourd’hui, jour férié.',
  },
  'voicemail-leave-message': {
    en: 'Please leave a message after the tone. When you are done, hang up or press hash.',
    sv: 'Lämna gärna ett meddelande efter tonen. Lägg på eller tryck fyrkant när du är klar.',
    fr: 'Laissez un message après le bip. Pour terminer, raccrochez ou appuyez sur dièse.',
  },
  'voicemail-press-zero': {
    en: 'To speak to somebody else, press zero.',
    sv: 'Tryck noll om du vill tala med någon annan.',
    fr: 'Pour parler à quelqu’un d’autre, appuyez sur zéro.',
  },
  'voicemail-after-tone': { en: 'Speak after the tone.', sv: 'Tala efter tonen.', fr: 'Parlez après le bip.' },
  'voicemail-review': {
    en: 'To send the message, press one or hang up. To hear it, press two. To record it again, press three.',
    sv: 'Tryck ett eller lägg på för att skicka meddelandet. Tryck två för att höra det. Tryck tre för att tala in det på nytt.',
    fr: 'Pour envoyer le message, tapez un ou raccrochez. Pour le réécouter, tapez deux. Pour le refaire, tapez trois.',
  },
  'voicemail-sent': {
    en: 'Your message has been delivered. Goodbye.',
    sv: 'Ditt meddelande är framme. Hej då.',
    fr: 'Votre message est transmis. Au revoir.',
  },
  'voicemail-too-short': {
    en: 'That was too short. Please try again.',
    sv: 'Det var för kort. Försök igen.',
    fr: 'C’était trop court. Veuillez recommencer.',
  },
  'voicemail-nothing-heard': {
    en: 'Nothing was heard, so there is no message. Goodbye.',
    sv: 'Inget hördes, så det blev inget meddelande. Hej då.',
    fr: 'Rien n’a été entendu : aucun message n’est laissé. Au revoir.',
  },
  'voicemail-full': {
    en: 'This mailbox is full and takes no message. Goodbye.',
    sv: 'Röstbrevlådan är full och tar inte emot fler meddelanden. Hej då.',
    fr: 'Cette boîte vocale est pleine et ne prend plus de message. Au revoir.',
  },
  'voicemail-no-messages-taken': {
    en: 'No message can be left here. Goodbye.',
    sv: 'Här går det inte att lämna meddelande. Hej då.',
    fr: 'Il n’est pas possible de laisser un message ici. Au revoir.',
  },
  'voicemail-cut-short': {
    en: 'The recording had to stop. What you said until then has been delivered. Goodbye.',
    sv: 'Inspelningen avbröts. Det du hann säga har sparats. Hej då.',
    fr: 'L’enregistrement a dû s’interrompre. Ce que vous avez dit jusque-là est transmis. Au revoir.',
  },
  'voicemail-not-kept': {
    en: 'Your message could not be stored. Please call again later.',
    sv: 'Ditt meddelande kunde inte sparas. Ring igen senare.',
    fr: 'Votre message n’a pas pu être enregistré. Veuillez rappeler plus tard.',
  },

  // Getting in.
  'voicemail-enter-box': {
    en: 'Enter the number of the mailbox, then hash. To leave a message there, press star first.',
    sv: 'Slå röstbrevlådans nummer och sedan fyrkant. Börja med stjärna om du vill lämna ett meddelande där.',
    fr: 'Composez le numéro de la boîte vocale, puis dièse. Pour y laisser un message, commencez par étoile.',
  },
  'voicemail-enter-pin': {
    en: 'Enter your PIN, then hash.',
    sv: 'Slå din pinkod och sedan fyrkant.',
    fr: 'Composez votre code, puis dièse.',
  },
  'voicemail-wrong': {
    en: 'That is not right.',
    sv: 'Det stämmer inte.',
    fr: 'Ce n’est pas correct.',
  },
  'voicemail-locked': {
    en: 'There were too many wrong PINs. Please try again later. Goodbye.',
    sv: 'Det blev för många felaktiga pinkoder. Försök igen senare. Hej då.',
    fr: 'Trop de codes erronés. Réessayez plus tard. Au revoir.',
  },
  'voicemail-goodbye': { en: 'Goodbye.', sv: 'Hej då.', fr: 'Au revoir.' },

  // How many there are.
  'voicemail-you-have': { en: 'You have', sv: 'Du har', fr: 'Vous avez' },
  'voicemail-no-messages': {
    en: 'You have no messages.',
    sv: 'Du har inga meddelanden.',
    fr: 'Vous n’avez aucun message.',
  },
  'voicemail-one-new': { en: 'one new message.', sv: 'ett nytt meddelande.', fr: 'un nouveau message.' },
  'voicemail-many-new': { en: 'new messages.', sv: 'nya meddelanden.', fr: 'nouveaux messages.' },
  'voicemail-one-saved': { en: 'one saved message.', sv: 'ett sparat meddelande.', fr: 'un message archivé.' },
  'voicemail-many-saved': { en: 'saved messages.', sv: 'sparade meddelanden.', fr: 'messages archivés.' },
  'voicemail-main-menu': {
    en: 'For new messages, press one. For saved messages, two. For greetings, three. To change your PIN, four. To finish, star.',
    sv: 'Tryck ett för nya meddelanden, två för sparade, tre för hälsningar, fyra för att byta pinkod. Avsluta med stjärna.',
    fr: 'Nouveaux messages : un. Messages archivés : deux. Annonces : trois. Changer de code : quatre. Terminer : étoile.',
  },

  // One message.
  'voicemail-from': { en: 'From', sv: 'Från', fr: 'De' },
  'voicemail-from-unknown': { en: 'From a withheld number', sv: 'Från hemligt nummer', fr: 'D’un numéro masqué' },
  'voicemail-comment': { en: 'Comment.', sv: 'Kommentar.', fr: 'Commentaire.' },
  'voicemail-message-menu': {
    en: 'To hear it again, press one. To save it, two. To delete it, three. Previous message, four. Date and caller, five. Next message, six. To call the sender, eight. To forward it, zero. Main menu, star.',
    sv: 'Hör igen: ett. Spara: två. Ta bort: tre. Föregående: fyra. Tid och nummer: fem. Nästa: sex. Ring upp: åtta. Skicka vidare: noll. Huvudmenyn: stjärna.',
    fr: 'Réécouter : un. Archiver : deux. Supprimer : trois. Précédent : quatre. Date et appelant : cinq. Suivant : six. Rappeler : huit. Transférer : zéro. Menu principal : étoile.',
  },
  'voicemail-saved': { en: 'Saved.', sv: 'Sparat.', fr: 'Archivé.' },
  'voicemail-deleted': {
    en: 'Deleted. To take it back, press three.',
    sv: 'Borttaget. Tryck tre för att ångra.',
    fr: 'Supprimé. Pour annuler, tapez trois.',
  },
  'voicemail-restored': { en: 'It is back.', sv: 'Det finns kvar.', fr: 'Il est rétabli.' },
  'voicemail-no-more': { en: 'No more messages.', sv: 'Inga fler meddelanden.', fr: 'Plus d’autre message.' },
  'voicemail-first': {
    en: 'This is the first message.',
    sv: 'Detta är det första meddelandet.',
    fr: 'C’est le premier message.',
  },
  'voicemail-cannot-call': {
    en: 'The sender cannot be called from here.',
    sv: 'Det går inte att ringa upp härifrån.',
    fr: 'Il n’est pas possible de rappeler d’ici.',
  },
  'voicemail-nobody-there': {
    en: 'Nobody answers there.',
    sv: 'Ingen svarar där.',
    fr: 'Personne ne répond.',
  },
  'voicemail-forward-to': {
    en: 'Enter the extension that shall get it, then hash.',
    sv: 'Slå anknytningen som ska få det och sedan fyrkant.',
    fr: 'Composez le poste du destinataire, puis dièse.',
  },
  'voicemail-comment-or-not': {
    en: 'To say a comment, press one. To send it without, press hash.',
    sv: 'Tryck ett för att tala in en kommentar, eller fyrkant för att skicka utan.',
    fr: 'Pour ajouter un commentaire, tapez un. Pour envoyer sans, dièse.',
  },
  'voicemail-forwarded': { en: 'It has been forwarded.', sv: 'Det är vidarebefordrat.', fr: 'Il est transféré.' },
  'voicemail-no-box-there': {
    en: 'There is no mailbox at that number, or it is full.',
    sv: 'Det finns ingen röstbrevlåda på det numret, eller så är den full.',
    fr: 'Aucune boîte vocale à ce numéro, ou elle est pleine.',
  },

  // Greetings and PIN.
  'voicemail-greetings-menu': {
    en: 'To record the usual greeting, press one. When busy, two. When you do not answer, three. When away, four. For holidays, five. Your name, six. Main menu, star.',
    sv: 'Tala in den vanliga hälsningen: ett. Vid upptaget: två. När du inte svarar: tre. När du är borta: fyra. På helgdagar: fem. Ditt namn: sex. Huvudmenyn: stjärna.',
    fr: 'Annonce habituelle : un. Ligne occupée : deux. Sans réponse : trois. Absence : quatre. Jours fériés : cinq. Votre nom : six. Menu principal : étoile.',
  },
  'voicemail-greeting-menu': {
    en: 'To hear it, press one. To record it, two. To go back to the standard one, three.',
    sv: 'Hör den: ett. Tala in den: två. Återgå till standard: tre.',
    fr: 'Écouter : un. Enregistrer : deux. Revenir à l’annonce standard : trois.',
  },
  'voicemail-greeting-none': {
    en: 'None is recorded.',
    sv: 'Ingen är intalad.',
    fr: 'Aucune n’est enregistrée.',
  },
  'voicemail-greeting-keep': {
    en: 'To keep it, press one. To hear it, two. To record it again, three.',
    sv: 'Behåll: ett. Lyssna: två. Tala in på nytt: tre.',
    fr: 'Conserver : un. Écouter : deux. Recommencer : trois.',
  },
  'voicemail-greeting-kept': { en: 'It is in use now.', sv: 'Den används nu.', fr: 'Elle est active.' },
  'voicemail-deleted-greeting': {
    en: 'The standard greeting is back.',
    sv: 'Standardhälsningen används igen.',
    fr: 'L’annonce standard est rétablie.',
  },
  'voicemail-new-pin': {
    en: 'Enter a new PIN of four to ten digits, then hash.',
    sv: 'Slå en ny pinkod med fyra till tio siffror och sedan fyrkant.',
    fr: 'Composez un nouveau code de quatre à dix chiffres, puis dièse.',
  },
  'voicemail-new-pin-again': {
    en: 'Once more, then hash.',
    sv: 'En gång till och sedan fyrkant.',
    fr: 'Encore une fois, puis dièse.',
  },
  'voicemail-pin-weak': {
    en: 'That PIN is too easy to guess.',
    sv: 'Den pinkoden är för lätt att gissa.',
    fr: 'Ce code est trop facile à deviner.',
  },
  'voicemail-pin-differs': {
    en: 'The two were not the same.',
    sv: 'De två var inte lika.',
    fr: 'Les deux ne sont pas identiques.',
  },
  'voicemail-pin-changed': { en: 'Your PIN is changed.', sv: 'Pinkoden är bytt.', fr: 'Votre code est changé.' },
}
