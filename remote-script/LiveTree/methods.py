"""What Live calls on every control surface and what means nothing here. A missing method is an error in Log.txt."""


class Methods(object):
    """Duck-typed methods of a control surface (docs/live-api.md, script lifecycle)."""

    def build_midi_map(self, midi_map_handle):
        """Nothing is mapped."""

    def receive_midi(self, midi_bytes):
        """Nothing is received."""

    def refresh_state(self):
        """Nothing is shown on hardware."""

    def connect_script_instances(self, instanciated_scripts):
        """Other scripts are no concern of this one."""

    def can_lock_to_devices(self):
        return False

    def suggest_input_port(self):
        return ''

    def suggest_output_port(self):
        return ''

    def suggest_map_mode(self, cc_no, channel):
        return -1

    def is_extension(self):
        return False

    def port_settings_changed(self):
        """No ports are used."""

    def toggle_lock(self):
        """No lock."""

    def lock_to_device(self, device):
        """No lock."""

    def unlock_from_device(self, device):
        """No lock."""

    def restore_bank(self, bank_index):
        """No banks."""
