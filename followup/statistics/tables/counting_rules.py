"""Sentences of "Så räknas det" that several tables share."""

TWICE = "Räknar deltaganden: den som deltar två gånger under perioden räknas två gånger."
VOIDED = "Makulerade rader räknas inte."
PARTICIPANTS = (
    "Deltagare under perioden är de som var inskrivna när den började och de som startade under den, "
    "i samordningsteamen tillsammans."
)
STARTED = "Räknar dem som startade i ett samordningsteam under perioden, med eller utan kö före."
ENDED = "Räknar dem som avslutade insatsen under perioden, oavsett när de startade."
ALIVE = "De som avlidit ingår inte i nämnaren. Alla andra avslut ingår, oavsett avslutsorsak."
