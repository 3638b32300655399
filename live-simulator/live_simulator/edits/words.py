"""Names people give to things, some of them difficult."""

WORDS = ('Kick Snare Hats Bass Sub Pads Lead Arp Vox Choir Strings Keys Rhodes Gtr Perc Toms Crash FX Riser Noise '
         'Verse Chorus Bridge Intro Outro Drop Break Build Hook Loop').split()
ODD = ('Ünïcödé', '日本語トラック', 'E=mc² & "quotes" <tag>', '🥁 drums', ' leading and trailing ', 'line\nbreak', 'x' * 120,
       'ß', 'עברית', 'a/b\\c', '100%', '')


def any_name(random, odd=True):
    if odd and random.random() < 0.06:
        return ODD[int(random.random() * (len(ODD) - 1))]
    word = random.choice(WORDS)
    return word if random.random() < 0.4 else '%s %d' % (word, random.randint(1, 99))
