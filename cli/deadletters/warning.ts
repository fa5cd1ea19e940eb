/** For whoever is about to send dead letters again. */
export const CAUSE_WARNING =
  "A dead letter is an event that the forward function tried again and again and could neither send nor set aside: it crashed on it each time, or an outage outlasted its tries. While that lasts, it would end here again: look at the function's log first, and mend the cause.";
/** Where letters are that can't be had now. */
export const IN_OTHER_HANDS = 'another command, or one that was stopped, has them in hand for up to a minute.';
