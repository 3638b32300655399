"""What is selected, and where the selection goes when it is deleted."""


class Selection(object):
    """Writes the view objects; references are kept as uids."""

    def __init__(self, world):
        self.world = world

    @property
    def view(self):
        return self.world.song.kids['view']

    def set(self, name, obj):
        self.world.set(self.view, name, None if obj is None else obj.uid, undo=False)

    def track(self, track):
        self.set('selected_track', track)

    def scene(self, scene):
        self.set('selected_scene', scene)

    def device(self, device):
        """Selecting a device selects its track, and makes it the appointed one."""
        track = device
        while track is not None and track.lom != 'Track':
            track = track.parent
        if track is not None:
            self.track(track)
            self.world.set(track.kids['view'], 'selected_device', device.uid, undo=False)
            self.world.set(self.world.song, 'appointed_device', device.uid, undo=False)

    def clip(self, clip):
        self.set('detail_clip', clip)

    def leave_track(self, track):
        """The selected track is deleted: the first one, or main, is selected."""
        if self.view.v.get('selected_track') == track.uid:
            tracks = self.world.song.kids['tracks']
            self.track(tracks[0] if tracks else self.world.song.kids['master_track'])
