/** Frequent first names of several countries, lower case: values that hold one in many rows are names of people. */
export const COMMON_NAMES: ReadonlySet<string> = new Set(
  (
    'james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark ' +
    'donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary ' +
    'nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick ' +
    'jack dennis jerry tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy harold keith ' +
    'christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert ' +
    'willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell elijah louis bobby philip johnny fred ' +
    'mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley ' +
    'kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen ' +
    'amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet ' +
    'catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith ' +
    'megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail ' +
    'alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany ' +
    'charlotte marie kayla alexis lori kim ellen jane kate lucy chloe ella mia ava liam oliver lucas leo max oscar ' +
    'hans peter wolfgang klaus jürgen dieter manfred uwe günter horst bernd frank jens stefan andreas markus jan felix ' +
    'lukas jonas leon finn ursula monika petra sabine renate helga karin brigitte ingrid claudia susanne heike katrin ' +
    'anja lena lea lara sophie greta frieda johanna eva franz josef johann karl herbert gerhard martin florian ' +
    'jean pierre michel philippe alain nicolas christophe laurent julien françois marie nathalie isabelle sylvie ' +
    'catherine françoise camille léa manon chloé inès jules hugo louis antonio josé manuel francisco javier carlos ' +
    'miguel pablo sergio carmen ana isabel dolores pilar lucía elena giuseppe giovanni luigi marco alessandro francesca ' +
    'giulia chiara paola sofia matteo luca lorenzo jan piet kees willem sanne anouk emma daan sem lotte piotr krzysztof ' +
    'andrzej tomasz paweł katarzyna małgorzata agnieszka zofia joão pedro tiago rita beatriz inês luiz paulo ivan olga ' +
    'sergey natalia dmitry mohammed muhammad ahmed ali fatima aisha omar hassan ibrahim mehmet ayşe wei li ming yuki ' +
    'hiroshi kenji raj priya amit sanjay arjun kim minh nguyen chen santiago mateo valentina camila'
  ).split(' '),
);
