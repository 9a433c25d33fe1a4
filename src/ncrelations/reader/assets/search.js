// Search over the passages and their question bank, in the browser and without a server.
// `createSearch(data)` reads what `ncrelations.reader.search_data` wrote and gives back one function; it touches no page.
//
// Vectors of words (single words through the packaged encoder, 96 dimensions, a megabyte) were tried beside the bank:
// hit@1 on the fitting set 0.916 instead of 0.913, hit@3 no better, questions about one side worse. They were left out.
"use strict";

globalThis.createSearch = (data) => {
  const STOPWORDS = new Set(data.stopwords);
  const WEIGHTS = { question: 0.4, questions: 0.7, text: 0.1, side: 0.25 };
  const DOUBT = 0.23; // below this score a passage hardly answers: of the fitting set's answerable questions 3% lie there
  const MARKED = 0.8; // sentences that come this near to the best one of their passage also answer

  // Words: as ncrelations.words has them. The tests hold both to the same terms.
  const fold = (word) => word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll(".", "");

  const AMERICAN = new Map(Object.entries(data.american));
  const BRITISH = data.british.map(([pattern, ours]) => [new RegExp(pattern, "g"), ours]);
  const american = (word) =>
    AMERICAN.get(word) ?? BRITISH.reduce((spelt, [pattern, ours]) => spelt.replace(pattern, ours), word);

  function stem(word) {
    word = american(word);
    const endings = [["ies", "y"], ["sses", "ss"], ["ings", ""], ["ing", ""], ["edly", ""], ["ed", ""], ["es", "e"], ["s", ""]];
    for (const [ending, rest] of endings) {
      if (word.endsWith(ending) && word.length - ending.length + rest.length >= 4 && !/(ss|us|is)$/.test(word)) {
        word = word.slice(0, word.length - ending.length) + rest;
        break;
      }
    }
    if (word.length > 4 && word.at(-1) === word.at(-2) && !"lsz".includes(word.at(-1))) word = word.slice(0, -1);
    return word.endsWith("e") && word.length > 4 ? word.slice(0, -1) : word;
  }

  function pieces(text) {
    const found = [];
    for (const match of text.matchAll(/(?:[A-Z]\.){2,}|[\p{L}\p{N}]+/gu)) {
      const possessive = /^s$/i.test(match[0]) && match.index > 0 && "'’".includes(text[match.index - 1]);
      if (!possessive) found.push({ text: match[0], folded: fold(match[0]) });
    }
    return found;
  }

  const isCapitals = (text) => text === text.toUpperCase() && text !== text.toLowerCase();
  const hasContent = (piece) =>
    (!STOPWORDS.has(piece.folded) || isCapitals(piece.text)) && (piece.text.length > 1 || /\d/.test(piece.text));
  const terms = (text) => pieces(text).filter(hasContent).map((piece) => stem(piece.folded));

  // Counts of terms, scored with BM25 and divided by the best score possible: 0 to about 1.
  class Lexicon {
    constructor(texts) {
      this.postings = new Map();
      this.lengths = texts.map((words) => words.length);
      this.mean = this.lengths.reduce((sum, length) => sum + length, 0) / texts.length;
      texts.forEach((words, number) => words.forEach((word) => {
        if (!this.postings.has(word)) this.postings.set(word, new Map());
        const counts = this.postings.get(word);
        counts.set(number, (counts.get(number) ?? 0) + 1);
      }));
    }

    weight(term) {
      const found = this.postings.get(term)?.size ?? 0;
      return Math.log(1 + (this.lengths.length - found + 0.5) / (found + 0.5));
    }

    scores(query, k1 = 1.2, b = 0.75) {
      const scores = new Float64Array(this.lengths.length);
      let most = 0;
      for (const term of new Set(query)) {
        const weight = this.weight(term);
        most += weight * (k1 + 1);
        for (const [number, count] of this.postings.get(term) ?? []) {
          const norm = k1 * (1 - b + (b * this.lengths[number]) / this.mean);
          scores[number] += (weight * count * (k1 + 1)) / (count + norm);
        }
      }
      return most ? scores.map((score) => score / most) : scores;
    }
  }

  // What is searched: bank questions, the same gathered by passage, passages, sentences.
  const asked = data.questions.map(([text, block, sentences]) => ({ text, block, sentences, terms: terms(text) }));
  const sentences = data.blocks.flatMap((block, number) =>
    block.sentences.map((text, at) => ({ block: number, at, terms: terms(text) })));
  const ofBlock = data.blocks.map(() => []);
  asked.forEach((question) => ofBlock[question.block].push(...question.terms));
  const lexicons = {
    question: new Lexicon(asked.map((question) => question.terms)),
    questions: new Lexicon(ofBlock),
    text: new Lexicon(data.blocks.map((block) => terms(`${block.heading}. ${block.sentences.join(" ")}`))),
    sentence: new Lexicon(sentences.map((sentence) => sentence.terms)),
  };

  // Words the corpus knows, with how often: what a misspelling may have meant.
  const known = new Map();
  for (const text of [...data.questions.map(([text]) => text), ...data.blocks.flatMap((block) => block.sentences)]) {
    for (const piece of pieces(text)) known.set(piece.folded, (known.get(piece.folded) ?? 0) + 1);
  }
  const knownStems = new Set([...known.keys()].map(stem));

  // Reading a query: names the documents do not print become those they do; misspellings are mended.
  function edits(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last, row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      [before, last, row] = [last ?? [], row, [i]];
      for (let j = 1; j <= b.length; j++) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
      }
      if (Math.min(...row) > most) return most + 1;
    }
    return row.at(-1);
  }

  function meant(word) {
    const most = word.length < 7 ? 1 : 2;
    let best = null;
    for (const [candidate, count] of known) {
      if (candidate.length < 4) continue;
      const distance = edits(word, candidate, most);
      if (distance > most) continue;
      const rank = [distance, candidate[0] === word[0] ? 0 : 1, -count];
      const smaller = best && rank.findIndex((value, at) => value !== best.rank[at]);
      if (!best || (smaller >= 0 && rank[smaller] < best.rank[smaller])) best = { candidate, rank };
    }
    return best?.candidate ?? null;
  }

  const isStrange = (piece) =>
    piece.folded.length >= 4 && /^\p{L}+$/u.test(piece.folded) && !known.has(piece.folded)
    && !knownStems.has(stem(piece.folded)) && !STOPWORDS.has(piece.folded);

  function read(query) {
    let text = query.normalize("NFKC").replace(/[\p{C}\s]+/gu, " ").trim().slice(0, 2000);
    const mended = [];
    let words = ` ${pieces(text).map((piece) => piece.folded).join(" ")} `;
    for (const [alias, name] of data.aliases) {
      if (words.includes(` ${alias} `)) {
        words = words.replaceAll(` ${alias} `, " ");
        text += ` ${name}`;
      }
    }
    const found = [];
    for (const piece of pieces(text)) {
      const better = isStrange(piece) ? meant(piece.folded) : null;
      if (better) mended.push([piece.text, better]);
      if (hasContent(piece)) found.push(stem(better ?? piece.folded));
    }
    const subject = found.filter((term) => !authorStems.has(term));
    const side = sideOf(mended.reduce((better, [typed, meant]) => better.replace(typed, meant), text));
    return { terms: subject.length > 1 ? subject : found, mended, side };
  }

  // Whose view is asked for: "why does China distrust ...", "NATO's concerns about ...", "in the eyes of the West".
  const BELIEVES =
    "think|believe|see|sees|view|perce|regard|consider|feel|worr|fear|distrust|mistrust|suspect|suspic|accus|blam" +
    "|critic|resent|dislik|complain|object|claim|argu|alleg|concern|alarm|afraid|angr|upset|nervous|anxi|uneas|oppos" +
    "|interpret|portray|describ|judg|unhapp|hold against|holds against|hate|say about|says about|reproach|attitud|stance|opinion|grievanc|impression|image" +
    "|assess|narrativ|reading|position|repl|answer|charge|rebut|case against|take issue|make of|makes of|eyes|mind";
  const HELD_BY = "according to|(?:eyes|view|views|opinion|mind|perspective|fears|concerns) of|(?:seen|viewed) (?:by|from)";
  const believers = data.sides.map(([voice, names]) => [voice, new RegExp(
    `\\b(?:${names})(?:'s|s')? (?:(?!(?:and|to|or|with|in) )[\\w-]+ ){0,3}?(?:${BELIEVES})` +
    `|\\b(?:${HELD_BY}) (?:the )?(?:${names})\\b|\\b(?:worries|bothers|alarms|concerns|annoys|upsets|angers|disturbs) (?:the )?(?:${names})\\b`, "i")]);

  const authors = new Map(data.authors.flatMap(([voice, names]) => names.map((name) => [name, voice])));
  const authorStems = new Set([...authors.keys()].map(stem));

  function sideOf(query) {
    const plain = query.replaceAll("’", "'");
    const author = pieces(plain).find((piece) => authors.has(piece.folded));
    if (author) return authors.get(author.folded);
    const found = believers.map(([voice, pattern]) => [plain.search(pattern), voice]).filter(([at]) => at >= 0);
    return found.sort((a, b) => a[0] - b[0])[0]?.[1] ?? null;
  }

  const top = (scores, owners) => {
    const best = new Float64Array(data.blocks.length);
    scores.forEach((score, number) => { best[owners[number].block] = Math.max(best[owners[number].block], score); });
    return best;
  };

  function sentenceScores(signals, number) {
    const scores = data.blocks[number].sentences.map(() => 0);
    sentences.forEach((sentence, at) => {
      if (sentence.block === number) scores[sentence.at] += 0.3 * signals.sentence[at];
    });
    asked.forEach((question, at) => {
      if (question.block !== number) return;
      const score = signals.question[at];
      question.sentences.forEach((one) => { scores[one - 1] = Math.max(scores[one - 1], score); });
    });
    return scores;
  }

  function result(number, score, signals) {
    const scores = sentenceScores(signals, number);
    const best = Math.max(...scores);
    const answering = scores.flatMap((value, at) => (value > 0 && value >= MARKED * best ? [at + 1] : []));
    return { ...data.blocks[number], score, answering, best: scores.indexOf(best) + 1 };
  }

  // The passages that match a query, best first, each with the numbers of the sentences that answer it.
  function search(query, limit = 8) {
    const { terms: words, mended, side } = read(query);
    const signals = Object.fromEntries(Object.entries(lexicons).map(([name, each]) => [name, each.scores(words)]));
    const parts = {
      question: top(signals.question, asked), questions: signals.questions,
      text: signals.text,
      side: data.blocks.map((block) => (block.voice === side ? 1 : 0)),
    };
    const scores = data.blocks.map((_, number) =>
      Object.entries(parts).reduce((sum, [name, part]) => sum + WEIGHTS[name] * part[number], 0));
    const order = scores.map((_, number) => number).filter((number) => scores[number] > 0)
      .sort((a, b) => scores[b] - scores[a] || a - b);
    const results = order.slice(0, limit).map((number) => result(number, scores[number], signals));
    const surest = Math.max(...scores.map((score, number) => score - WEIGHTS.side * parts.side[number]));
    return { mended, results, doubt: results.length > 0 && surest < DOUBT };
  }
  return Object.assign(search, { terms });
};
