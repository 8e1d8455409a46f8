import type { Sentences } from './sentence.ts'

/** What is said to people in and before a conference. */
export const conferenceSentences: Sentences = {
  'conference-pin': {
    en: 'Please enter the PIN of the conference, then press hash.',
    sv: 'Ange konferensens pinkod och tryck fyrkant.',
    fr: 'Saisissez le code de la conférence, puis appuyez sur dièse.',
  },
  'conference-pin-not-right': {
    en: 'That PIN is not right.',
    sv: 'Fel pinkod.',
    fr: 'Ce code est incorrect.',
  },
  'conference-pin-wrong': {
    en: 'That PIN is not right either. Goodbye.',
    sv: 'Fel pinkod igen. Hej då.',
    fr: 'Ce code est également incorrect. Au revoir.',
  },
  'conference-pin-blocked': {
    en: 'Too many wrong PINs were tried in this conference. Please try again in an hour. Goodbye.',
    sv: 'För många felaktiga pinkoder har provats. Försök igen om en timme. Hej då.',
    fr: 'Trop de codes erronés ont été essayés. Réessayez dans une heure. Au revoir.',
  },
  'conference-locked': {
    en: 'The conference is locked.',
    sv: 'Konferensen är låst.',
    fr: 'La conférence est verrouillée.',
  },
  'conference-unlocked': {
    en: 'The conference is open again.',
    sv: 'Konferensen är öppen igen.',
    fr: 'La conférence est de nouveau ouverte.',
  },
  'conference-full': {
    en: 'The conference is full. Goodbye.',
    sv: 'Konferensen är full. Hej då.',
    fr: 'La conférence est complète. Au revoir.',
  },
  'conference-no-moderator': {
    en: 'The moderator has not come. Goodbye.',
    sv: 'Mötesledaren har inte kommit. Hej då.',
    fr: "L'animateur n'est pas arrivé. Au revoir.",
  },
  'conference-removed': {
    en: 'You have been removed from the conference. Goodbye.',
    sv: 'Du har tagits bort från konferensen. Hej då.',
    fr: 'Vous avez été retiré de la conférence. Au revoir.',
  },
  'conference-ended': {
    en: 'The conference is over. Goodbye.',
    sv: 'Konferensen är slut. Hej då.',
    fr: 'La conférence est terminée. Au revoir.',
  },
  'conference-ended-by-moderator': {
    en: 'The moderator has ended the conference. Goodbye.',
    sv: 'Mötesledaren har avslutat konferensen. Hej då.',
    fr: "L'animateur a mis fin à la conférence. Au revoir.",
  },
  'conference-waits': {
    en: 'The conference begins when the moderator is here.',
    sv: 'Konferensen börjar när mötesledaren är här.',
    fr: "La conférence commencera à l'arrivée de l'animateur.",
  },
  'conference-first': {
    en: 'You are the first one in the conference.',
    sv: 'Du är först i konferensen.',
    fr: 'Vous êtes le premier dans la conférence.',
  },
  'conference-alone': {
    en: 'You are the only one left in the conference.',
    sv: 'Du är ensam kvar i konferensen.',
    fr: 'Vous êtes désormais seul dans la conférence.',
  },
  'conference-one-other': {
    en: 'One other person is in the conference.',
    sv: 'En person till är med i konferensen.',
    fr: 'Une autre personne est dans la conférence.',
  },
  'conference-others-before': {
    en: 'Besides you, there are',
    sv: 'Utöver dig är',
    fr: 'En plus de vous, la conférence réunit',
  },
  'conference-others-after': {
    en: 'people in the conference.',
    sv: 'personer med i konferensen.',
    fr: 'personnes.',
  },
  'conference-say-name': {
    en: 'Please say your name after the tone, then press any key.',
    sv: 'Säg ditt namn efter tonen och tryck sedan på valfri knapp.',
    fr: "Dites votre nom après le signal sonore, puis appuyez sur n'importe quelle touche.",
  },
  'conference-has-joined': {
    en: 'has joined the conference.',
    sv: 'har anslutit till konferensen.',
    fr: 'a rejoint la conférence.',
  },
  'conference-has-left': {
    en: 'has left the conference.',
    sv: 'har lämnat konferensen.',
    fr: 'a quitté la conférence.',
  },
  'conference-muted': {
    en: 'You are muted.',
    sv: 'Din mikrofon är av.',
    fr: 'Votre micro est coupé.',
  },
  'conference-unmuted': {
    en: 'You can be heard again.',
    sv: 'Du hörs igen.',
    fr: 'On vous entend de nouveau.',
  },
  'conference-muted-by-moderator': {
    en: 'The moderator has muted you.',
    sv: 'Mötesledaren har stängt av din mikrofon.',
    fr: "L'animateur a coupé votre micro.",
  },
  'conference-unmuted-by-moderator': {
    en: 'The moderator has given you the floor.',
    sv: 'Mötesledaren har gett dig ordet.',
    fr: "L'animateur vous a donné la parole.",
  },
  'conference-ask-moderator': {
    en: 'You cannot be heard now. To ask for the floor, press star three.',
    sv: 'Du kan inte höras nu. Tryck stjärna tre för att begära ordet.',
    fr: 'On ne peut pas vous entendre pour le moment. Pour demander la parole, appuyez sur étoile trois.',
  },
  'conference-all-muted': {
    en: 'All others are muted.',
    sv: 'Alla andras mikrofoner är av.',
    fr: 'Tous les autres micros sont coupés.',
  },
  'conference-all-unmuted': {
    en: 'All others can be heard again.',
    sv: 'Alla andra hörs igen.',
    fr: 'On entend de nouveau tous les autres.',
  },
  'conference-lecture': {
    en: 'From now on, only the moderators are heard.',
    sv: 'Från och med nu hörs bara mötesledarna.',
    fr: 'À partir de maintenant, seuls les animateurs ont la parole.',
  },
  'conference-discussion': {
    en: 'The discussion is open.',
    sv: 'Ordet är fritt.',
    fr: 'La discussion est ouverte.',
  },
  'conference-hand-raised': {
    en: 'You have raised your hand.',
    sv: 'Du har räckt upp handen.',
    fr: 'Vous avez levé la main.',
  },
  'conference-hand-lowered': {
    en: 'Your hand is down again.',
    sv: 'Du har tagit ner handen.',
    fr: 'Vous avez baissé la main.',
  },
  'conference-moderators-only': {
    en: 'Only a moderator can do that.',
    sv: 'Det kan bara mötesledaren göra.',
    fr: "Seul l'animateur peut le faire.",
  },
  'conference-moderator-pin': {
    en: 'Please enter the PIN for moderators, then press hash.',
    sv: 'Ange mötesledarens pinkod och tryck fyrkant.',
    fr: "Saisissez le code de l'animateur, puis appuyez sur dièse.",
  },
  'conference-moderator': {
    en: 'You are a moderator.',
    sv: 'Du är mötesledare.',
    fr: 'Vous êtes animateur.',
  },
  'conference-confirm-end': {
    en: 'To end the conference for everybody, press one.',
    sv: 'Tryck ett för att avsluta konferensen för alla.',
    fr: 'Pour mettre fin à la conférence pour tous, appuyez sur un.',
  },
  'conference-invite': {
    en: 'Enter the number to call, then press hash.',
    sv: 'Slå numret som ska ringas upp och tryck fyrkant.',
    fr: 'Composez le numéro à appeler, puis appuyez sur dièse.',
  },
  'conference-inviting': {
    en: 'The number is being called.',
    sv: 'Numret rings upp.',
    fr: 'Appel en cours.',
  },
  'conference-invite-failed': {
    en: 'This number cannot be called.',
    sv: 'Det går inte att ringa upp numret.',
    fr: 'Ce numéro ne peut pas être appelé.',
  },
  'conference-recording': {
    en: 'This conference is being recorded.',
    sv: 'Konferensen spelas in.',
    fr: 'Cette conférence est enregistrée.',
  },
  'conference-recording-over': {
    en: 'The recording has ended.',
    sv: 'Inspelningen är avslutad.',
    fr: "L'enregistrement est terminé.",
  },
  'conference-not-possible': {
    en: 'That is not possible in this conference.',
    sv: 'Det går inte i den här konferensen.',
    fr: "Ce n'est pas possible dans cette conférence.",
  },
  'conference-keys': {
    en: 'Star two: who is here. Star three: raise your hand. Star six: mute yourself.',
    sv: 'Stjärna två: vilka som är med. Stjärna tre: räck upp handen. Stjärna sex: stäng av mikrofonen.',
    fr: 'Étoile deux : qui est là. Étoile trois : lever la main. Étoile six : couper votre micro.',
  },
  'conference-keys-moderator': {
    en: 'Star four: mute all others. Star five: lock. Star seven: only moderators are heard. Star eight: record. Star nine: end for everybody. Star hash: call somebody in.',
    sv: 'Stjärna fyra: stäng av alla andra. Stjärna fem: lås. Stjärna sju: bara mötesledare hörs. Stjärna åtta: spela in. Stjärna nio: avsluta för alla. Stjärna fyrkant: ring in någon.',
    fr: "Étoile quatre : couper tous les autres. Étoile cinq : verrouiller. Étoile sept : seuls les animateurs parlent. Étoile huit : enregistrer. Étoile neuf : terminer pour tous. Étoile dièse : appeler quelqu'un.",
  },
}
