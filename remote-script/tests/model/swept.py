"""What the script has no listener for and finds by its sweep alone; hidden members of older Lives."""

PARAMETER = ('name', 'value', 'state', 'is_enabled', 'automation_state')
CLIP = (
    'start_marker', 'end_marker', 'start_time', 'end_time', 'launch_mode', 'launch_quantization', 'legato',
    'velocity_amount', 'signature_numerator', 'signature_denominator', 'warp_mode', 'pitch_coarse', 'pitch_fine',
    'gain', 'file_path',
)
SWEPT = [('parameter', prop) for prop in PARAMETER] + [('clip', prop) for prop in CLIP] + [('slot', 'has_stop_button')]
HIDDEN = {
    '11.0.0': [
        ('song', 'scale_mode'), ('scene', 'tempo_enabled'), ('scene', 'time_signature_numerator'),
        ('scene', 'time_signature_denominator'), ('scene', 'time_signature_enabled'), ('device', 'visible_macro_count'),
    ],
    '11.3.43': [('song', 'scale_mode')],
    '12.0.5': [],
    '12.3.6': [],
}
